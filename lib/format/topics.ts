/** Whether a topic belongs to a program rather than to people: by convention its name begins with `_`. */
export function isInternalName(name: string): boolean {
  return name.startsWith('_')
}
