/**
 * Parts what is named once in a request from what is named more often, which Kafka refuses as a
 * whole: nobody can tell which of the entries was meant. Of repeated ones the first is given back.
 */
export function splitRepeated<T>(
  asked: readonly T[],
  nameOf: (element: T) => string,
): { readonly once: readonly T[]; readonly repeated: readonly T[] } {
  const byName = new Map<string, { readonly first: T; count: number }>()
  for (const element of asked) {
    const known = byName.get(nameOf(element))
    if (known === undefined) byName.set(nameOf(element), { first: element, count: 1 })
    else known.count += 1
  }
  const firsts = [...byName.values()]
  return {
    once: firsts.filter(({ count }) => count === 1).map(({ first }) => first),
    repeated: firsts.filter(({ count }) => count > 1).map(({ first }) => first),
  }
}

/** The first of all elements that share a key, in order. */
export function firstOfEach<T>(
  elements: readonly T[],
  keyOf: (element: T) => string,
): readonly T[] {
  const firsts = new Map<string, T>()
  for (const element of elements) {
    if (!firsts.has(keyOf(element))) firsts.set(keyOf(element), element)
  }
  return [...firsts.values()]
}
