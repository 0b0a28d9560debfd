import { type ReactNode, Suspense } from 'react'

/** A broker that is well answers within a tenth of this. */
const soonMs = 1000

/**
 * For pages that ask the broker: the page itself where it is there soon, so that what does not exist
 * is answered 404; otherwise what stands in its place now, and the page once it is there. Who may see
 * it is asked before: below a boundary, 200 has been sent already.
 */
export async function soonOrLater(page: Promise<ReactNode>, meanwhile: ReactNode) {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), soonMs)
  })
  const first = await Promise.race([page.then((node) => ({ node })), late])
  clearTimeout(timer)
  if (first !== 'late') return first.node
  return (
    <Suspense fallback={meanwhile}>
      <Later page={page} />
    </Suspense>
  )
}

async function Later({ page }: { readonly page: Promise<ReactNode> }) {
  return page
}
