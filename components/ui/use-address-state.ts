'use client'

import { useSearchParams } from 'next/navigation'
import { useCallback, useEffect, useRef, useState } from 'react'

/**
 * State that the address holds too, both ways: what is set replaces the address, and another address
 * of this page (the Back button, a link) sets the state.
 *
 * The address is read here, not on the server: on the way back the server's answer may be one to an
 * earlier address. `parse` and `hrefOf` have to be the same functions in every render.
 */
export function useAddressState<State>(
  parse: (query: Pick<URLSearchParams, 'get'>) => State,
  hrefOf: (state: State) => string,
): readonly [State, (state: State) => void] {
  const query = useSearchParams()
  const [state, setState] = useState(() => parse(query))
  const known = useRef(query.toString())

  useEffect(() => {
    const now = query.toString()
    // While somebody types, React hands on addresses that are outdated already.
    const isOutdated = now !== new URLSearchParams(location.search).toString()
    if (isOutdated || now === known.current) return
    known.current = now
    setState(parse(query))
  }, [query, parse])

  const change = useCallback(
    (next: State) => {
      const url = new URL(hrefOf(next), location.href)
      known.current = url.searchParams.toString()
      setState(next)
      // Null: Next then takes the address over as its own.
      history.replaceState(null, '', url)
    },
    [hrefOf],
  )
  return [state, change]
}
