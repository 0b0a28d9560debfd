// Shops, cards and purchases. `transactions` joins with `stores`, `credit_cards`, `purchases`
// and, where the user has a number, with `users`.

import type { AvroSchemaJson, DatagenTemplate } from './avro-schema.ts'
import { drawFor, numbered, words } from './draw.ts'

const goods = words(`
  boots shirt knife saucepan table chair clock frame guitar thermometer scarf doormat vase
  clippers game towels`)

const purchases: AvroSchemaJson = {
  type: 'record',
  namespace: 'datagen.example',
  name: 'purchase',
  fields: [
    { name: 'id', type: { type: 'long', 'arg.properties': { iteration: { start: 0 } } } },
    { name: 'item_type', type: { type: 'string', 'arg.properties': { options: goods } } },
    { name: 'quantity', type: { type: 'long', 'arg.properties': { range: { min: 1, max: 10 } } } },
    {
      name: 'price_per_unit',
      type: {
        type: 'bytes',
        logicalType: 'decimal',
        precision: 4,
        scale: 2,
        'arg.properties': { range: { min: 10, max: 50 } },
      },
    },
  ],
}

const storePlaces = [
  { city: 'Raleigh', state: 'NC' },
  { city: 'Chicago', state: 'IL' },
  { city: 'Sacramento', state: 'CA' },
  { city: 'Austin', state: 'TX' },
  { city: 'Boston', state: 'MA' },
  { city: 'Atlanta', state: 'GA' },
  { city: 'Lexington', state: 'SC' },
]

const cardCount = 24

const transactions: AvroSchemaJson = {
  type: 'record',
  namespace: 'datagen.example',
  name: 'transactions',
  fields: [
    {
      name: 'transaction_id',
      type: { type: 'long', 'arg.properties': { iteration: { start: 1 } } },
    },
    // Ranges end before their maximum, so the last card and the last store are never used. That
    // is so in Confluent's templates, and leaves a row to find with an outer join.
    {
      name: 'card_id',
      type: { type: 'long', 'arg.properties': { range: { min: 1, max: cardCount } } },
    },
    { name: 'user_id', type: { type: 'string', 'arg.properties': { regex: 'User_[1-9]{0,1}' } } },
    { name: 'purchase_id', type: { type: 'long', 'arg.properties': { iteration: { start: 0 } } } },
    {
      name: 'store_id',
      type: { type: 'int', 'arg.properties': { range: { min: 1, max: storePlaces.length } } },
    },
  ],
}

const stores: AvroSchemaJson = {
  type: 'record',
  namespace: 'datagen.example',
  name: 'stores',
  fields: [
    { name: 'store_id', type: 'int' },
    { name: 'city', type: 'string' },
    { name: 'state', type: 'string' },
  ],
  'arg.properties': {
    options: storePlaces.map((place, index) => ({ store_id: index + 1, ...place })),
  },
}

const creditCards: AvroSchemaJson = {
  type: 'record',
  namespace: 'datagen.example',
  // Confluent named it so, as if it were a list of users.
  name: 'users',
  fields: [
    { name: 'card_id', type: 'int' },
    { name: 'card_number', type: 'long' },
    { name: 'cvv', type: 'int' },
    { name: 'expiration_date', type: 'string' },
  ],
  'arg.properties': { options: cardRows() },
}

/** Cards of a range that payment companies give out for tests, each with a right check digit. */
function cardRows() {
  const draw = drawFor('credit cards')
  const codes = draw.spread({ count: cardCount, min: 115, max: 927 })
  return numbered(cardCount, (index) => {
    const month = draw.whole({ min: 1, max: 12 })
    const year = draw.whole({ min: 27, max: 31 })
    return {
      card_id: index + 1,
      card_number: withCheckDigit(`400000${draw.whole({ min: 100_000_000, max: 999_999_999 })}`),
      cvv: codes[index] ?? 0,
      expiration_date: `${String(month).padStart(2, '0')}/${year}`,
    }
  })
}

/** Luhn's check digit (ISO/IEC 7812-1) behind the 15 digits of a card. */
function withCheckDigit(digits: string): number {
  const sum = [...digits].reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return Number(`${digits}${(10 - (sum % 10)) % 10}`)
}

const campaignFinance: AvroSchemaJson = {
  type: 'record',
  namespace: 'datagen',
  name: 'campaign_finance',
  fields: [
    {
      name: 'time',
      type: {
        type: 'long',
        'arg.properties': { range: { min: 1587715775521, max: 1619273364600 } },
      },
    },
    {
      name: 'candidate_id',
      type: { type: 'string', 'arg.properties': { regex: '[A-Z][1-9]{8,8}' } },
    },
    {
      name: 'party_affiliation',
      type: { type: 'string', 'arg.properties': { options: ['REP', 'DEM', 'IND'] } },
    },
    {
      name: 'contribution',
      type: { type: 'int', 'arg.properties': { range: { min: 20, max: 3500 } } },
    },
  ],
}

export const purchasesTemplate: DatagenTemplate = {
  id: 'PURCHASES',
  title: 'Purchases',
  description: 'Goods bought in a shop, with a decimal price.',
  keyField: 'id',
  schema: purchases,
}

export const transactionsTemplate: DatagenTemplate = {
  id: 'TRANSACTIONS',
  title: 'Transactions',
  description: 'Payments by card in a store; joins with Stores, Credit cards and Purchases.',
  keyField: 'transaction_id',
  schema: transactions,
}

export const storesTemplate: DatagenTemplate = {
  id: 'STORES',
  title: 'Stores',
  description: 'Seven stores with city and state.',
  keyField: 'store_id',
  schema: stores,
}

export const creditCardsTemplate: DatagenTemplate = {
  id: 'CREDIT_CARDS',
  title: 'Credit cards',
  description: 'Twenty-four test cards with number and expiry date.',
  keyField: 'card_id',
  schema: creditCards,
}

export const campaignFinanceTemplate: DatagenTemplate = {
  id: 'CAMPAIGN_FINANCE',
  title: 'Campaign finance',
  description: 'Contributions to the campaigns of candidates.',
  keyField: 'candidate_id',
  schema: campaignFinance,
}
