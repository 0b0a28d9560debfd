// The products and customers of the shoe shop, as whole rows. Their ids are what orders and clicks
// refer to, so they never change: each hangs on its place in the list.

import type { Row } from './avro-schema.ts'
import { distinct, drawFor, itemAt, numbered, uuidFor, words } from './draw.ts'
import { emailOf, people } from './people.ts'

const counts = { shoes: 643, customers: 301 }

/** Fewer than there are shoes: two names stand for shoes of two brands. */
const shoeNameCount = 641

const brands = `
  Aldercott & Sons, Birkholm Group, Brennock, Carrow-Lindt, Dunsmere LLC, Eskelund, Fallowby,
  Gressing and Daughters, Harrowgate Inc, Inverleith, Jarnvik, Kestrel-Moss, Lochmarch, Merrowdale,
  Northolt Group, Ostrander-Pike, Pellworm, Quillfeather LLC, Rothbury and Vale, Stavelund`
  .split(',')
  .map((brand) => brand.trim())

const kinds = words(`
  TrailRunner RoadGlide SummitHiker CourtKing CityWalker SprintLite MarshBoot TempoRacer DeckSlip
  StudioFlex RidgeCross NightRun HarborLoafer PeakSandal`)

const series = words(`
  Alba Borealis Cascade Delta Ember Fjord Gale Halcyon Isar Juniper Krona Lumen Mistral Nimbus
  Onyx Perseus Quartz Rapid Solstice Tundra`)

export const shoeIds = numbered(counts.shoes, (index) => uuidFor(`shoe ${index}`))

export const shoeCustomerIds = numbered(counts.customers, (index) =>
  uuidFor(`shoe customer ${index}`),
)

export function shoeRows(): readonly Row[] {
  const draw = drawFor('shoes')
  const names = distinct(
    shoeNameCount,
    () => `${draw.one(kinds)} ${draw.one(series)} ${draw.whole({ min: 100, max: 999 })}`,
  )
  const prices = draw.spread({ count: counts.shoes, min: 1595, max: 36500 })
  const tenths = draw.spread({ count: counts.shoes, min: 0, max: 50 })
  return shoeIds.map((id, index) => ({
    id,
    brand: itemAt(brands, index),
    name: itemAt(names, index),
    sale_price: itemAt(prices, index),
    rating: itemAt(tenths, index) / 10,
  }))
}

/** A state with the first three digits of one of its zip codes. */
const places = `
  Alabama 352, Alaska 995, Arizona 850, Arkansas 722, California 900, Colorado 802,
  Connecticut 061, Delaware 198, Florida 331, Georgia 303, Hawaii 968, Idaho 837, Illinois 606,
  Indiana 462, Iowa 503, Kansas 672, Kentucky 402, Louisiana 701, Maryland 212,
  Massachusetts 021, Michigan 482, Minnesota 554, Mississippi 392, Missouri 631, Montana 591,
  Nebraska 681, Nevada 891, New Hampshire 031, New Jersey 071, New Mexico 871, New York 100,
  North Carolina 276, North Dakota 581, Ohio 432, Oklahoma 731, Oregon 972, Pennsylvania 191,
  Rhode Island 029, South Carolina 292, South Dakota 571, Tennessee 372, Texas 770, Utah 841,
  Virginia 232`
  .split(',')
  .map((place) => ({ state: place.trim().slice(0, -4), zipPrefix: place.slice(-3) }))

const streets = words(`
  Alder Birch Canal Dogwood Elm Foundry Granary Hickory Ironside Juniper Kiln Lantern Meadow
  Nettle Orchard Poplar Quarry Rosewood Spruce Tannery Union Vineyard Willow Yarrow`)

const streetKinds = words('Street Avenue Lane Road Court Drive Way Terrace')

export function shoeCustomerRows(): readonly Row[] {
  const draw = drawFor('shoe customers')
  const customers = draw.shuffled(people(counts.customers, draw))
  return customers.map((person, index) => {
    const { state, zipPrefix } = itemAt(places, index)
    return {
      id: itemAt(shoeCustomerIds, index),
      first_name: person.firstName,
      last_name: person.lastName,
      email: emailOf(person),
      // 555-01xx numbers are set aside for fiction.
      phone: `${draw.whole({ min: 201, max: 989 })}-555-01${draw.whole({ min: 10, max: 99 })}`,
      street_address: `${draw.whole({ min: 1, max: 9800 })} ${draw.one(streets)} ${draw.one(streetKinds)}`,
      state,
      zip_code: `${zipPrefix}${draw.whole({ min: 10, max: 99 })}`,
      country: 'United States',
      country_code: 'US',
    }
  })
}
