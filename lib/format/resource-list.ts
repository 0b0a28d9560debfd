/** Names with commas between them, whatever characters are in them, for an address. */
export function writeResourceList(resources: readonly string[]): string {
  return resources.map(encodeURIComponent).join(',')
}

/** What `writeResourceList` wrote; a part that nobody can have written is left out. */
export function readResourceList(text: string | null | undefined): readonly string[] {
  return (text ?? '')
    .split(',')
    .filter((part) => part !== '')
    .flatMap((part) => {
      try {
        return [decodeURIComponent(part)]
      } catch {
        return []
      }
    })
}
