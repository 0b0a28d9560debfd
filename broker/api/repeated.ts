/**
 * Parts what is named once in a request from what is named more often, which Kafka refuses as a
 * whole: nobody can tell which of the entries was meant. A repeated name is given back once.
 */
export function splitRepeated<T>(
  asked: readonly T[],
  nameOf: (element: T) => string,
): { readonly once: readonly T[]; readonly repeated: readonly string[] } {
  const counts = new Map<string, number>()
  for (const element of asked) {
    const name = nameOf(element)
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return {
    once: asked.filter((element) => counts.get(nameOf(element)) === 1),
    repeated: [...counts].filter(([, count]) => count > 1).map(([name]) => name),
  }
}
