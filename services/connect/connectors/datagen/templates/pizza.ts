// Orders of a pizza chain. An order is completed or cancelled: both count in twos, from the same
// thousand as the orders themselves, so that each order has exactly one end.

import type { AvroField, AvroSchemaJson, AvroType, DatagenTemplate } from './avro-schema.ts'
import { drawFor, itemAt, numbered, words } from './draw.ts'

const storeIds: AvroType = { type: 'int', 'arg.properties': { range: { min: 1, max: 10 } } }

/** Days since 1970: April 2019 to January 2022. */
const orderDates: AvroType = {
  type: 'int',
  logicalType: 'date',
  'arg.properties': { range: { min: 18000, max: 19000 } },
}

function beginning({ start, step }: { start: number; step: number }): readonly AvroField[] {
  return [
    { name: 'store_id', type: storeIds },
    {
      name: 'store_order_id',
      type: { type: 'int', 'arg.properties': { iteration: { start, step } } },
    },
  ]
}

function statusAlways(status: string): AvroField {
  return { name: 'status', type: { type: 'string', 'arg.properties': { options: [status] } } }
}

const orders: AvroSchemaJson = {
  type: 'record',
  namespace: 'pizza_orders',
  name: 'pizza_orders',
  fields: [
    ...beginning({ start: 1000, step: 1 }),
    {
      name: 'coupon_code',
      type: { type: 'int', 'arg.properties': { range: { min: 1000, max: 2000 } } },
    },
    { name: 'date', type: orderDates },
    statusAlways('accepted'),
    {
      name: 'order_lines',
      type: {
        type: 'array',
        items: {
          type: 'record',
          name: 'order_line',
          fields: [
            { name: 'product_id', type: 'int' },
            { name: 'category', type: 'string' },
            { name: 'quantity', type: 'int' },
            { name: 'unit_price', type: 'double' },
            { name: 'net_price', type: 'double' },
          ],
          'arg.properties': { options: orderLines() },
        },
        'arg.properties': { length: { min: 1, max: 5 } },
      },
    },
  ],
}

/** A hundred lines about fifty products; a product keeps its category and its price. */
function orderLines() {
  const draw = drawFor('pizza order lines')
  const others = { min: 1, max: 4 }
  const categories = words('pizza calzone salad wings dessert')
  const productIds = draw.spread({ count: 50, min: 4, max: 98 })
  const priceCents = draw.spread({ count: 50, min: 124, max: 2497 })
  // The second line about a product is about another quantity, so that all hundred differ.
  const first = draw.spread({ count: 50, min: 1, max: 5 })
  const quantities = [...first, ...first.map((n) => 1 + ((n - 1 + draw.whole(others)) % 5))]
  return numbered(100, (index) => {
    const productId = itemAt(productIds, index)
    const unitPriceCents = itemAt(priceCents, index)
    const quantity = itemAt(quantities, index)
    return {
      product_id: productId,
      category: itemAt(categories, index),
      quantity,
      unit_price: unitPriceCents / 100,
      net_price: (quantity * unitPriceCents) / 100,
    }
  })
}

// The reference is silent on the record names of the two ends: they have their id as name.
const completed: AvroSchemaJson = {
  type: 'record',
  namespace: 'pizza_orders',
  name: 'pizza_orders_completed',
  fields: [
    ...beginning({ start: 1000, step: 2 }),
    { name: 'date', type: orderDates },
    statusAlways('completed'),
    {
      name: 'rack_time_secs',
      type: { type: 'int', 'arg.properties': { range: { min: 130, max: 230 } } },
    },
    {
      name: 'order_delivery_time_secs',
      type: { type: 'int', 'arg.properties': { range: { min: 1100, max: 2000 } } },
    },
  ],
}

const cancelled: AvroSchemaJson = {
  type: 'record',
  namespace: 'pizza_orders',
  name: 'pizza_orders_cancelled',
  fields: [
    ...beginning({ start: 1001, step: 2 }),
    { name: 'date', type: orderDates },
    statusAlways('cancelled'),
  ],
}

export const pizzaOrdersTemplate: DatagenTemplate = {
  id: 'PIZZA_ORDERS',
  title: 'Pizza orders',
  description: 'Orders of a pizza chain, each with a list of order lines.',
  keyField: 'store_id',
  schema: orders,
}

export const pizzaOrdersCompletedTemplate: DatagenTemplate = {
  id: 'PIZZA_ORDERS_COMPLETED',
  title: 'Pizza orders completed',
  description: 'Pizza orders that were delivered, and how long it took.',
  keyField: 'store_id',
  schema: completed,
}

export const pizzaOrdersCancelledTemplate: DatagenTemplate = {
  id: 'PIZZA_ORDERS_CANCELLED',
  title: 'Pizza orders cancelled',
  description: 'Pizza orders that were cancelled.',
  keyField: 'store_id',
  schema: cancelled,
}
