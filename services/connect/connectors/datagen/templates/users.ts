// Registered users, and what they do at the stock exchange. `User_1` to `User_9` are the same
// people in pageviews, stock trades and (with `User_`) transactions.

import type { AvroField, AvroSchemaJson, AvroType, DatagenTemplate } from './avro-schema.ts'

export const userIds: AvroType = {
  type: 'string',
  'arg.properties': { regex: 'User_[1-9]' },
}

/** 21 February 2017 to 22 February 2018, in milliseconds: the year of the ksql demo. */
export const demoYearMs = { min: 1487715775521, max: 1519273364600 }

const userFields: readonly AvroField[] = [
  { name: 'registertime', type: { type: 'long', 'arg.properties': { range: demoYearMs } } },
  { name: 'userid', type: userIds },
  { name: 'regionid', type: { type: 'string', 'arg.properties': { regex: 'Region_[1-9]' } } },
  {
    name: 'gender',
    type: { type: 'string', 'arg.properties': { options: ['MALE', 'FEMALE', 'OTHER'] } },
  },
]

const users: AvroSchemaJson = {
  type: 'record',
  namespace: 'ksql',
  name: 'users',
  fields: userFields,
}

const usersWithContacts: AvroSchemaJson = {
  type: 'record',
  namespace: 'ksql',
  name: 'users',
  fields: [
    ...userFields,
    {
      name: 'interests',
      type: {
        type: 'array',
        items: 'string',
        'arg.properties': {
          options: [
            ['Game', 'News'],
            ['Game', 'Sport'],
            ['News', 'Movies'],
            ['News', 'Travel'],
          ],
        },
      },
    },
    {
      name: 'contactinfo',
      type: {
        type: 'map',
        values: 'string',
        // 555-01xx numbers are set aside for fiction.
        'arg.properties': {
          options: [
            { phone: '4155550118', city: 'San Francisco', state: 'CA', zipcode: '94110' },
            { phone: '5105550142', city: 'Oakland', state: 'CA', zipcode: '94607' },
            { phone: '6195550127', city: 'San Diego', state: 'CA', zipcode: '92103' },
            { phone: '9165550163', city: 'Sacramento', state: 'CA', zipcode: '95814' },
            { phone: '5595550185', city: 'Fresno', state: 'CA', zipcode: '93721' },
          ],
        },
      },
    },
  ],
}

const stockTrades: AvroSchemaJson = {
  type: 'record',
  namespace: 'ksql',
  name: 'StockTrade',
  fields: [
    {
      name: 'side',
      doc: 'Whether the account buys or sells.',
      type: { type: 'string', 'arg.properties': { options: ['BUY', 'SELL'] } },
    },
    {
      name: 'quantity',
      doc: 'How many shares change hands.',
      type: { type: 'int', 'arg.properties': { range: { min: 1, max: 5000 } } },
    },
    {
      name: 'symbol',
      doc: 'A symbol that exchanges set aside for tests.',
      type: {
        type: 'string',
        'arg.properties': {
          options: ['ZBZX', 'ZJZZT', 'ZTEST', 'ZVV', 'ZVZZT', 'ZWZZT', 'ZXZZT'],
        },
      },
    },
    {
      name: 'price',
      doc: 'The price of one share, in pennies.',
      type: { type: 'int', 'arg.properties': { range: { min: 5, max: 1000 } } },
    },
    {
      name: 'account',
      doc: 'The account that trades.',
      type: { type: 'string', 'arg.properties': { options: ['ABC123', 'LMN456', 'XYZ789'] } },
    },
    { name: 'userid', doc: 'The user who gave the order.', type: userIds },
  ],
}

export const usersTemplate: DatagenTemplate = {
  id: 'USERS',
  title: 'Users',
  description: 'Registered users with region and gender.',
  keyField: 'userid',
  schema: users,
}

export const usersWithContactsTemplate: DatagenTemplate = {
  id: 'USERS_',
  title: 'Users with arrays and maps',
  description: 'Users with a list of interests and a map of contact details.',
  keyField: 'userid',
  schema: usersWithContacts,
}

export const stockTradesTemplate: DatagenTemplate = {
  id: 'STOCK_TRADES',
  title: 'Stock trades',
  description: 'Shares bought and sold, with price, account and user.',
  keyField: 'symbol',
  schema: stockTrades,
}
