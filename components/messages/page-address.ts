import { type MessageView, parseView, viewQuery } from '../../lib/format/message-view.ts'
import type { MessagesQuery } from '../../lib/paths.ts'

/** All that the address of the messages page says. */
export interface PageAddress {
  readonly view: MessageView
  readonly filter: string
  /** Null where the topic is not searched; an empty search has not begun. */
  readonly search: string | null
  readonly columns: readonly string[]
  readonly open: { readonly partition: number; readonly offset: number } | null
  readonly isProducing: boolean
}

export function parseAddress(
  read: (name: keyof MessagesQuery) => string | null | undefined,
): PageAddress {
  const columns = read('columns') ?? ''
  return {
    view: parseView(read),
    filter: read('filter') ?? '',
    search: read('search') ?? null,
    columns: columns === '' ? [] : columns.split(columnSeparator),
    open: parsePlace(read('partition'), read('offset')),
    isProducing: read('produce') === '1',
  }
}

export function addressQuery(address: PageAddress): MessagesQuery {
  return {
    ...viewQuery(address.view),
    filter: address.filter,
    search: address.search ?? undefined,
    columns: address.columns.join(columnSeparator),
    ...(address.open ?? {}),
    produce: address.isProducing ? '1' : undefined,
  }
}

/** No path holds it: names that do are written as JSON strings, where it is an escape. */
const columnSeparator = '\n'

function parsePlace(partition: string | null | undefined, offset: string | null | undefined) {
  if (!/^\d{1,7}$/.test(partition ?? '') || !/^\d{1,15}$/.test(offset ?? '')) return null
  return { partition: Number(partition), offset: Number(offset) }
}
