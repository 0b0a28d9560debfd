// All quickstart templates of the Datagen connector, in the order in which Confluent lists them
// (its validation message repeats it). One file per family has the schemas.

import type { DatagenTemplate } from './avro-schema.ts'
import {
  clickstreamCodesTemplate,
  clickstreamTemplate,
  clickstreamUsersTemplate,
} from './clickstream.ts'
import {
  campaignFinanceTemplate,
  creditCardsTemplate,
  purchasesTemplate,
  storesTemplate,
  transactionsTemplate,
} from './commerce.ts'
import { fleetDescriptionTemplate, fleetLocationTemplate, fleetSensorsTemplate } from './fleet.ts'
import {
  gamingGamesTemplate,
  gamingPlayerActivityTemplate,
  gamingPlayersTemplate,
} from './gaming.ts'
import {
  insuranceCustomerActivityTemplate,
  insuranceCustomersTemplate,
  insuranceOffersTemplate,
} from './insurance.ts'
import {
  inventoryTemplate,
  ordersTemplate,
  pageviewsTemplate,
  productTemplate,
  ratingsTemplate,
} from './ksql-basics.ts'
import {
  payrollBonusTemplate,
  payrollEmployeeLocationTemplate,
  payrollEmployeeTemplate,
} from './payroll.ts'
import {
  pizzaOrdersCancelledTemplate,
  pizzaOrdersCompletedTemplate,
  pizzaOrdersTemplate,
} from './pizza.ts'
import {
  shoeClickstreamTemplate,
  shoeCustomersTemplate,
  shoeOrdersTemplate,
  shoesTemplate,
} from './shoes.ts'
import { deviceInformationTemplate, siemLogsTemplate, syslogLogsTemplate } from './siem.ts'
import { stockTradesTemplate, usersTemplate, usersWithContactsTemplate } from './users.ts'

export const datagenTemplates: readonly DatagenTemplate[] = [
  clickstreamCodesTemplate,
  clickstreamTemplate,
  clickstreamUsersTemplate,
  ordersTemplate,
  ratingsTemplate,
  usersTemplate,
  usersWithContactsTemplate,
  pageviewsTemplate,
  stockTradesTemplate,
  inventoryTemplate,
  productTemplate,
  purchasesTemplate,
  transactionsTemplate,
  storesTemplate,
  creditCardsTemplate,
  campaignFinanceTemplate,
  fleetDescriptionTemplate,
  fleetLocationTemplate,
  fleetSensorsTemplate,
  pizzaOrdersTemplate,
  pizzaOrdersCompletedTemplate,
  pizzaOrdersCancelledTemplate,
  insuranceOffersTemplate,
  insuranceCustomersTemplate,
  insuranceCustomerActivityTemplate,
  gamingGamesTemplate,
  gamingPlayersTemplate,
  gamingPlayerActivityTemplate,
  payrollEmployeeTemplate,
  payrollEmployeeLocationTemplate,
  payrollBonusTemplate,
  syslogLogsTemplate,
  deviceInformationTemplate,
  siemLogsTemplate,
  shoesTemplate,
  shoeCustomersTemplate,
  shoeOrdersTemplate,
  shoeClickstreamTemplate,
]

const popularFirst: readonly DatagenTemplate[] = [
  ordersTemplate,
  usersTemplate,
  clickstreamTemplate,
  pageviewsTemplate,
  productTemplate,
  ratingsTemplate,
  stockTradesTemplate,
  inventoryTemplate,
]

/** The order of the wizard's tiles: what tutorials use, then the rest as listed above. */
export const popularTemplates: readonly DatagenTemplate[] = [
  ...popularFirst,
  ...datagenTemplates.filter((template) => !popularFirst.includes(template)),
]

/** The template that `quickstart` names; as on Confluent, in upper or lower case. */
export function templateNamed(quickstart: string): DatagenTemplate | undefined {
  const id = quickstart.toUpperCase()
  return datagenTemplates.find((template) => template.id === id)
}
