/** The order that Confluent's form is filled with, so that a course's pictures look the same. */
export const sampleKey = '18'

export const sampleValue = `{
  "ordertime": 1497014222380,
  "orderid": 18,
  "itemid": "Item_184",
  "address": {
    "city": "Mountain View",
    "state": "CA",
    "zipcode": 94041
  }
}`
