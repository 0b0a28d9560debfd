import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'

/** Writes `count` lines of JSON shaped as Datagen's orders are; resolves with their bytes. */
export async function writeOrders(path: string, count: number): Promise<number> {
  const out = createWriteStream(path)
  let bytes = 0
  for (let orderid = 0; orderid < count; orderid++) {
    const line = JSON.stringify({
      ordertime: 1_497_014_222_380 + orderid,
      orderid,
      itemid: `Item_${orderid % 1000}`,
      orderunits: (orderid % 97) / 10,
      address: {
        city: `City_${orderid % 89}`,
        state: `State_${orderid % 50}`,
        zipcode: 10_000 + (orderid % 80_000),
      },
    })
    bytes += line.length
    if (!out.write(`${line}\n`)) await once(out, 'drain')
  }
  out.end()
  await finished(out)
  return bytes
}
