// An insurance company: its offers, its customers and what they do; activities join with
// customers on `customer_id`.
//
// The reference is silent on record names: the namespace is the family, the name is the id.

import type { AvroSchemaJson, DatagenTemplate } from './avro-schema.ts'
import { drawFor, itemAt } from './draw.ts'
import { quads } from './ip-addresses.ts'
import { emailOf, people } from './people.ts'

const customerCount = 150

const customerIds = drawFor('insurance customer ids').spread({
  count: customerCount,
  min: 10,
  max: 997,
})

const offers: AvroSchemaJson = {
  type: 'record',
  namespace: 'insurance',
  name: 'insurance_offers',
  fields: [
    { name: 'offer_id', type: 'int' },
    { name: 'offer_name', type: 'string' },
    { name: 'offer_url', type: 'string' },
  ],
  'arg.properties': {
    options: [
      { offer_id: 1, offer_name: 'new_home_policy', offer_url: offerUrl('home') },
      { offer_id: 2, offer_name: 'new_auto_policy', offer_url: offerUrl('auto') },
      { offer_id: 3, offer_name: 'discount_existing', offer_url: offerUrl('loyalty') },
      { offer_id: 4, offer_name: 'safe_driver_program', offer_url: offerUrl('safe-driver') },
      { offer_id: 5, offer_name: 'no_offer', offer_url: offerUrl('none') },
    ],
  },
}

function offerUrl(page: string): string {
  return `https://insurance.example.com/offers/${page}`
}

const customers: AvroSchemaJson = {
  type: 'record',
  namespace: 'insurance',
  name: 'insurance_customers',
  fields: [
    { name: 'customer_id', type: 'int' },
    { name: 'first_name', type: 'string' },
    { name: 'last_name', type: 'string' },
    { name: 'email', type: 'string' },
    { name: 'gender', type: 'string' },
    { name: 'income', type: 'int' },
    { name: 'fico', type: 'int' },
    { name: 'years_active', type: 'int' },
  ],
  'arg.properties': { options: customerRows() },
}

function customerRows() {
  const draw = drawFor('insurance customers')
  const count = customerCount
  const incomes = draw.spread({ count, min: 50188, max: 495407 })
  const scores = draw.spread({ count, min: 404, max: 893 })
  const years = draw.spread({ count, min: 1, max: 45 })
  return people(count, draw).map((person, index) => ({
    customer_id: itemAt(customerIds, index),
    first_name: person.firstName,
    last_name: person.lastName,
    email: emailOf(person),
    gender: person.gender === 'female' ? 'Female' : 'Male',
    income: itemAt(incomes, index),
    fico: itemAt(scores, index),
    years_active: itemAt(years, index),
  }))
}

const activity: AvroSchemaJson = {
  type: 'record',
  namespace: 'insurance',
  name: 'insurance_customer_activity',
  fields: [
    { name: 'activity_id', type: { type: 'int', 'arg.properties': { iteration: { start: 1 } } } },
    { name: 'customer_id', type: { type: 'int', 'arg.properties': { options: customerIds } } },
    {
      name: 'activity_type',
      type: {
        type: 'string',
        'arg.properties': { options: ['web_open', 'mobile_open', 'new_account'] },
      },
    },
    {
      name: 'propensity_to_churn',
      type: { type: 'double', 'arg.properties': { range: { min: 0.01, max: 1 } } },
    },
    {
      name: 'ip_address',
      type: {
        type: 'string',
        'arg.properties': { options: quads(50, drawFor('insurance visitors')) },
      },
    },
  ],
}

export const insuranceOffersTemplate: DatagenTemplate = {
  id: 'INSURANCE_OFFERS',
  title: 'Insurance offers',
  description: 'The five offers of an insurance company.',
  keyField: 'offer_id',
  schema: offers,
}

export const insuranceCustomersTemplate: DatagenTemplate = {
  id: 'INSURANCE_CUSTOMERS',
  title: 'Insurance customers',
  description: 'Customers of an insurance company with income and credit score.',
  keyField: 'customer_id',
  schema: customers,
}

export const insuranceCustomerActivityTemplate: DatagenTemplate = {
  id: 'INSURANCE_CUSTOMER_ACTIVITY',
  title: 'Insurance customer activity',
  description: 'What insurance customers do online, and how likely they are to leave.',
  keyField: 'activity_id',
  schema: activity,
}
