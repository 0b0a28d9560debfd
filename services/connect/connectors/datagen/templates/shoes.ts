// A shoe shop: orders and clicks join with shoes on `product_id` = `id`, with customers on
// `customer_id` or `user_id` = `id`, and clicks with the devices of the SIEM templates on `ip`.
//
// The reference names only the record of the shoes; the others have their id as name. It is silent
// on the type of prices, zip codes and ids of customers, beyond "int cents": zip codes are
// strings, since some begin with 0.

import type { AvroSchemaJson, AvroType, DatagenTemplate } from './avro-schema.ts'
import { deviceAddresses } from './ip-addresses.ts'
import { shoeCustomerIds, shoeCustomerRows, shoeIds, shoeRows } from './shoe-rows.ts'

const products: AvroSchemaJson = {
  type: 'record',
  namespace: 'shoes',
  name: 'shoe_product',
  fields: [
    { name: 'id', type: 'string' },
    { name: 'brand', type: 'string' },
    { name: 'name', type: 'string' },
    { name: 'sale_price', doc: 'The price in cents.', type: 'int' },
    { name: 'rating', doc: 'From 0 to 5 stars.', type: 'double' },
  ],
  'arg.properties': { options: shoeRows() },
}

const customers: AvroSchemaJson = {
  type: 'record',
  namespace: 'shoes',
  name: 'shoe_customers',
  fields: [
    { name: 'id', type: 'string' },
    { name: 'first_name', type: 'string' },
    { name: 'last_name', type: 'string' },
    { name: 'email', type: 'string' },
    { name: 'phone', type: 'string' },
    { name: 'street_address', type: 'string' },
    { name: 'state', type: 'string' },
    { name: 'zip_code', type: 'string' },
    { name: 'country', type: 'string' },
    { name: 'country_code', type: 'string' },
  ],
  'arg.properties': { options: shoeCustomerRows() },
}

const productIds: AvroType = { type: 'string', 'arg.properties': { options: shoeIds } }
const customerIds: AvroType = { type: 'string', 'arg.properties': { options: shoeCustomerIds } }

function times({ start, step }: { start: number; step: number }): AvroType {
  return {
    type: 'long',
    logicalType: 'timestamp-millis',
    'arg.properties': { iteration: { start, step } },
  }
}

const orders: AvroSchemaJson = {
  type: 'record',
  namespace: 'shoes',
  name: 'shoe_orders',
  fields: [
    { name: 'order_id', type: { type: 'int', 'arg.properties': { iteration: { start: 1000 } } } },
    { name: 'product_id', type: productIds },
    { name: 'customer_id', type: customerIds },
    { name: 'ts', type: times({ start: 1609459200000, step: 100000 }) },
  ],
}

const clicks: AvroSchemaJson = {
  type: 'record',
  namespace: 'shoes',
  name: 'shoe_clickstream',
  fields: [
    { name: 'product_id', type: productIds },
    { name: 'user_id', type: customerIds },
    {
      name: 'view_time',
      type: { type: 'int', 'arg.properties': { range: { min: 10, max: 120 } } },
    },
    {
      name: 'page_url',
      type: {
        type: 'string',
        'arg.properties': { regex: 'https:\\/\\/www[.]acme[.]com\\/product\\/[a-z]{5}' },
      },
    },
    { name: 'ip', type: { type: 'string', 'arg.properties': { options: deviceAddresses } } },
    // Clicks begin 2,000 seconds before the first order.
    { name: 'ts', type: times({ start: 1609457200000, step: 10000 }) },
  ],
}

export const shoesTemplate: DatagenTemplate = {
  id: 'SHOES',
  title: 'Shoes',
  description: 'The products of a shoe shop with brand, price and rating.',
  keyField: 'id',
  schema: products,
}

export const shoeCustomersTemplate: DatagenTemplate = {
  id: 'SHOE_CUSTOMERS',
  title: 'Shoe customers',
  description: 'Customers of the shoe shop with their addresses.',
  keyField: 'id',
  schema: customers,
}

export const shoeOrdersTemplate: DatagenTemplate = {
  id: 'SHOE_ORDERS',
  title: 'Shoe orders',
  description: 'Who bought which shoes; joins with Shoes and Shoe customers.',
  keyField: 'order_id',
  schema: orders,
}

export const shoeClickstreamTemplate: DatagenTemplate = {
  id: 'SHOE_CLICKSTREAM',
  title: 'Shoe clickstream',
  description: 'Who looked at which shoes, and for how long.',
  keyField: 'product_id',
  schema: clicks,
}
