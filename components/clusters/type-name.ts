/** `BASIC` → `Basic`, as people read it. */
export function typeName(type: string): string {
  return type.charAt(0) + type.slice(1).toLowerCase()
}
