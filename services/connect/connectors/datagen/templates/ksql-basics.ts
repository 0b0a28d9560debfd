// The first streams of every ksql tutorial: orders, ratings, page views and the products of a shop.

import type { AvroSchemaJson, DatagenTemplate } from './avro-schema.ts'
import { demoYearMs, userIds } from './users.ts'

const orders: AvroSchemaJson = {
  type: 'record',
  namespace: 'ksql',
  name: 'orders',
  fields: [
    { name: 'ordertime', type: { type: 'long', 'arg.properties': { range: demoYearMs } } },
    { name: 'orderid', type: { type: 'int', 'arg.properties': { iteration: { start: 0 } } } },
    {
      name: 'itemid',
      type: { type: 'string', 'arg.properties': { regex: 'Item_[1-9][0-9]{0,2}' } },
    },
    {
      name: 'orderunits',
      type: { type: 'double', 'arg.properties': { range: { min: 0.1, max: 10 } } },
    },
    {
      name: 'address',
      type: {
        type: 'record',
        name: 'address',
        fields: [
          // No digit at all is possible: Confluent's own records have a state "State_".
          {
            name: 'city',
            type: { type: 'string', 'arg.properties': { regex: 'City_[1-9]{0,2}' } },
          },
          {
            name: 'state',
            type: { type: 'string', 'arg.properties': { regex: 'State_[1-9]{0,2}' } },
          },
          {
            name: 'zipcode',
            type: { type: 'long', 'arg.properties': { range: { min: 10000, max: 99999 } } },
          },
        ],
      },
    },
  ],
}

const reviews = [
  'boarding took ten minutes, well done',
  'is it me or are the seats getting smaller?',
  'two hours on the runway and not a word from anyone',
  'my bag came out first, that never happens',
  'coffee was cold, crew was lovely',
  'the app lost my seat again',
  'best connection I have had all year',
  'please fix the heating in the lounge',
  'friendly people at the gate, thank you',
  'why is the line for a snack this long?',
  'would fly this route again tomorrow',
]

const ratings: AvroSchemaJson = {
  type: 'record',
  namespace: 'ksql',
  name: 'ratings',
  fields: [
    { name: 'rating_id', type: { type: 'long', 'arg.properties': { iteration: { start: 1 } } } },
    { name: 'user_id', type: { type: 'int', 'arg.properties': { range: { min: -1, max: 20 } } } },
    // One to four: the range ends before 5, in Confluent's template too.
    { name: 'stars', type: { type: 'int', 'arg.properties': { range: { min: 1, max: 5 } } } },
    { name: 'route_id', type: { type: 'int', 'arg.properties': { range: { min: 1, max: 9999 } } } },
    {
      name: 'rating_time',
      type: { type: 'long', 'arg.properties': { iteration: { start: 1, step: 12 } } },
    },
    {
      name: 'channel',
      type: {
        type: 'string',
        'arg.properties': { options: ['web', 'iOS', 'ios', 'iOS-test', 'android'] },
      },
    },
    { name: 'message', type: { type: 'string', 'arg.properties': { options: reviews } } },
  ],
}

const pageviews: AvroSchemaJson = {
  type: 'record',
  namespace: 'ksql',
  name: 'pageviews',
  fields: [
    {
      name: 'viewtime',
      type: { type: 'long', 'arg.properties': { iteration: { start: 1, step: 10 } } },
    },
    { name: 'userid', type: userIds },
    { name: 'pageid', type: { type: 'string', 'arg.properties': { regex: 'Page_[1-9][0-9]' } } },
  ],
}

const inventory: AvroSchemaJson = {
  type: 'record',
  namespace: 'ksql',
  name: 'inventory',
  fields: [
    { name: 'id', type: { type: 'long', 'arg.properties': { iteration: { start: 0 } } } },
    { name: 'quantity', type: { type: 'long', 'arg.properties': { iteration: { start: 0 } } } },
    { name: 'productid', type: { type: 'long', 'arg.properties': { iteration: { start: 0 } } } },
  ],
}

const product: AvroSchemaJson = {
  type: 'record',
  namespace: 'ksql',
  name: 'product',
  fields: [
    { name: 'id', type: { type: 'long', 'arg.properties': { iteration: { start: 0 } } } },
    { name: 'name', type: { type: 'string', 'arg.properties': { iteration: { start: 0 } } } },
    {
      name: 'description',
      type: { type: 'string', 'arg.properties': { iteration: { start: 0 } } },
    },
    { name: 'price', type: { type: 'double', 'arg.properties': { iteration: { start: 0 } } } },
  ],
}

export const ordersTemplate: DatagenTemplate = {
  id: 'ORDERS',
  title: 'Orders',
  description: 'Orders of a shop, with item, amount and address.',
  keyField: 'orderid',
  schema: orders,
}

export const ratingsTemplate: DatagenTemplate = {
  id: 'RATINGS',
  title: 'Ratings',
  description: 'Ratings of flights by passengers, with stars and a short message.',
  keyField: 'rating_id',
  schema: ratings,
}

export const pageviewsTemplate: DatagenTemplate = {
  id: 'PAGEVIEWS',
  title: 'Pageviews',
  description: 'Who looked at which page of a web site; joins with Users.',
  keyField: 'viewtime',
  schema: pageviews,
}

export const inventoryTemplate: DatagenTemplate = {
  id: 'INVENTORY',
  title: 'Inventory',
  description: 'How much of each product is in stock; joins with Product.',
  keyField: 'id',
  schema: inventory,
}

export const productTemplate: DatagenTemplate = {
  id: 'PRODUCT',
  title: 'Product',
  description: 'Products with name, description and price.',
  keyField: 'id',
  schema: product,
}
