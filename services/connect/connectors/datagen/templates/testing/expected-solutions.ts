// The twenty-two templates of Confluent's solution examples, as the reference describes them.
// Written apart from the templates, so that a slip there is not repeated here.

import type { ExpectedField, ExpectedTemplate } from './expected-field.ts'

const quad = /^((25[0-5]|2[0-4]\d|1?\d?\d)(\.|$)){4}/
const fullName = /^[A-Z][a-z]+ [A-Z][a-z]+$/
const name = /^[A-Z][a-z]+$/
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const email = /^[^@\s]+@[^@\s]+\.[a-z]+$/

const vehicle: ExpectedField = { type: 'int', from: 1000, below: 9999 }
const store: ExpectedField = { type: 'int', from: 1, below: 10 }
const orderDate: ExpectedField = { type: 'int', logical: 'date', from: 18000, below: 19000 }
const employee: ExpectedField = { type: 'int', from: 1000, below: 1100 }
const poolOf100: ExpectedField = { type: 'string', like: quad, distinct: 100 }
const endpoint: ExpectedField = {
  type: 'record',
  fields: { ip: poolOf100, port: { type: 'int', from: 10000, below: 99999 } },
}
const shoe: ExpectedField = { type: 'string', like: uuid, distinct: 643 }
const shoeCustomer: ExpectedField = { type: 'string', like: uuid, distinct: 301 }

export const expectedSolutions: Readonly<Record<string, ExpectedTemplate>> = {
  FLEET_MGMT_DESCRIPTION: {
    key: 'vehicle_id',
    fields: {
      vehicle_id: vehicle,
      driver_name: { type: 'string', like: fullName, distinct: 100 },
      license_plate: { type: 'string', like: /^[A-Z]{2}\d{6}[A-Z]$/ },
    },
  },
  FLEET_MGMT_LOCATION: {
    key: 'vehicle_id',
    fields: {
      vehicle_id: vehicle,
      location: {
        type: 'record',
        fields: {
          latitude: { type: 'double', from: 0, below: 1 },
          longitude: { type: 'double', from: 0, below: 1 },
        },
      },
      ts: { type: 'long', logical: 'timestamp-millis', first: 1609459200000, step: 100000 },
    },
  },
  FLEET_MGMT_SENSORS: {
    key: 'vehicle_id',
    fields: {
      vehicle_id: vehicle,
      engine_temperature: { type: 'int', from: 150, below: 250 },
      average_rpm: { type: 'int', from: 1800, below: 5000 },
    },
  },
  PIZZA_ORDERS: {
    record: 'pizza_orders.pizza_orders',
    key: 'store_id',
    fields: {
      store_id: store,
      store_order_id: { type: 'int', first: 1000, step: 1 },
      coupon_code: { type: 'int', from: 1000, below: 2000 },
      date: orderDate,
      status: { type: 'string', among: ['accepted'] },
      order_lines: {
        type: 'array',
        lengths: [1, 2, 3, 4],
        items: {
          rows: 100,
          fields: {
            product_id: { type: 'int', least: 4, most: 98 },
            category: {
              type: 'string',
              like: /^(pizza|calzone|salad|wings|dessert)$/,
              distinct: 5,
            },
            quantity: { type: 'int', least: 1, most: 5 },
            unit_price: { type: 'double', least: 1.24, most: 24.97 },
            net_price: { type: 'double', like: /^\d{1,3}(\.\d{1,2})?$/ },
          },
        },
      },
    },
  },
  PIZZA_ORDERS_COMPLETED: {
    key: 'store_id',
    fields: {
      store_id: store,
      store_order_id: { type: 'int', first: 1000, step: 2 },
      date: orderDate,
      status: { type: 'string', among: ['completed'] },
      rack_time_secs: { type: 'int', from: 130, below: 230 },
      order_delivery_time_secs: { type: 'int', from: 1100, below: 2000 },
    },
  },
  PIZZA_ORDERS_CANCELLED: {
    key: 'store_id',
    fields: {
      store_id: store,
      store_order_id: { type: 'int', first: 1001, step: 2 },
      date: orderDate,
      status: { type: 'string', among: ['cancelled'] },
    },
  },
  INSURANCE_OFFERS: {
    key: 'offer_id',
    rows: 5,
    fields: {
      offer_id: { type: 'int', among: [1, 2, 3, 4, 5] },
      offer_name: {
        type: 'string',
        among: [
          'new_home_policy',
          'new_auto_policy',
          'discount_existing',
          'safe_driver_program',
          'no_offer',
        ],
      },
      offer_url: { type: 'string', like: /^https:\/\/\S+$/, distinct: 5 },
    },
  },
  INSURANCE_CUSTOMERS: {
    key: 'customer_id',
    rows: 150,
    fields: {
      customer_id: { type: 'int', least: 10, most: 997 },
      first_name: { type: 'string', like: name },
      last_name: { type: 'string', like: name },
      email: { type: 'string', like: email },
      gender: { type: 'string', like: /^(Male|Female)$/, distinct: 2 },
      income: { type: 'int', least: 50188, most: 495407 },
      fico: { type: 'int', least: 404, most: 893 },
      years_active: { type: 'int', least: 1, most: 45 },
    },
  },
  INSURANCE_CUSTOMER_ACTIVITY: {
    key: 'activity_id',
    fields: {
      activity_id: { type: 'int', first: 1, step: 1 },
      customer_id: { type: 'int', least: 10, most: 997 },
      activity_type: { type: 'string', among: ['web_open', 'mobile_open', 'new_account'] },
      propensity_to_churn: { type: 'double', from: 0.01, below: 1 },
      ip_address: { type: 'string', like: quad, distinct: 50 },
    },
  },
  GAMING_GAMES: {
    key: 'id',
    fields: {
      id: { type: 'int', from: 1000, below: 5000 },
      room_name: {
        type: 'string',
        among: [
          ...['Arcade -- Rookie', 'Arcade -- Skilled', 'Arcade -- Expert'],
          ...['Survival -- Rookie', 'Survival -- Skilled', 'Survival -- Expert'],
          ...['Classic -- Rookie', 'Classic -- Skilled', 'Classic -- Expert'],
        ],
      },
      created_date: {
        type: 'long',
        logical: 'timestamp-millis',
        first: 1609459200000,
        step: 100000,
      },
    },
  },
  GAMING_PLAYERS: {
    key: 'player_id',
    rows: 100,
    fields: {
      player_id: { type: 'int', from: 1001, below: 1101 },
      player_name: { type: 'string', like: /^\S+$/, distinct: 100 },
      ip: { type: 'string', like: quad },
    },
  },
  GAMING_PLAYER_ACTIVITY: {
    key: 'player_id',
    fields: {
      player_id: { type: 'int', from: 1001, below: 1101 },
      game_room_id: { type: 'int', from: 1000, below: 5000 },
      points: { type: 'int', from: 10, below: 500 },
      coordinates: { type: 'string', like: /^\[[0-9][0-9],[0-9][0-9]\]$/ },
    },
  },
  PAYROLL_EMPLOYEE: {
    key: 'employee_id',
    rows: 100,
    fields: {
      employee_id: employee,
      first_name: { type: 'string', like: name },
      last_name: { type: 'string', like: name },
      age: { type: 'int', least: 30, most: 49 },
      ssn: { type: 'string', like: /^\d{3}-\d{2}-\d{4}$/ },
      hourly_rate: { type: 'int', least: 8, most: 24 },
      gender: { type: 'string', like: /^(male|female)$/, distinct: 2 },
      email: { type: 'string', like: /^[a-z]{4}@mycompany\.com$/ },
    },
  },
  PAYROLL_EMPLOYEE_LOCATION: {
    key: 'employee_id',
    fields: {
      employee_id: employee,
      lab: { type: 'string', like: /^lab-\d$/, distinct: 10 },
      department_id: { type: 'int', from: 1, below: 10 },
      arrival_date: { type: 'int', logical: 'date', from: 18000, below: 19000 },
    },
  },
  PAYROLL_BONUS: {
    key: 'employee_id',
    fields: {
      employee_id: employee,
      bonus: { type: 'int', from: 10, below: 50 },
      ts: {
        type: 'long',
        logical: 'timestamp-millis',
        from: 1609459200000,
        below: 1640995199000,
      },
    },
  },
  SYSLOG_LOGS: {
    key: 'host',
    fields: {
      name: { type: 'string', like: /^[a-zA-Z]{5,8}$/ },
      type: { type: 'string', among: ['RFC5424', 'RFC3164', 'CEF', 'UNKNOWN'] },
      message: { type: 'string', like: /^[a-z ]{10,15}$/ },
      host: { type: 'string', like: quad, distinct: 10 },
      version: { type: 'string', among: ['3.25.1'] },
      tag: { type: 'string', among: ['.source.s_src'] },
      level: { type: 'int', from: 0, below: 191 },
      facility: { type: 'string', among: ['syslog', 'authpriv', 'cron'] },
      severity: { type: 'int', from: 0, below: 8 },
      appName: { type: 'string', like: /^[A-Z]{5,8}$/ },
      remoteAddress: { type: 'string', like: quad, distinct: 10 },
      rawMessage: { type: 'string', like: /^[a-z ]{10,15}$/ },
      processId: { type: 'string', like: /^[1-9][0-9]{6}$/ },
      messageId: { type: 'string', like: /^[1-9][0-9]{2}$/ },
      deviceVendor: { type: 'string', like: /^[a-z]{5}$/ },
      deviceProduct: { type: 'string', like: /^[a-z]{5}$/ },
      deviceVersion: { type: 'string', among: ['1.0', '2.0', '3.0', '4.0', '5.0'] },
      ts: { type: 'long', first: 1609459200000, step: 100 },
    },
  },
  DEVICE_INFORMATION: {
    key: 'device_ip',
    fields: {
      device_ip: poolOf100,
      mac_address: { type: 'string', like: /^([0-9A-F]{2}(-|$)){6}/, distinct: 50 },
      owner: { type: 'string', like: fullName, distinct: 100 },
    },
  },
  SIEM_LOGS: {
    key: 'hostname',
    fields: {
      hostname: poolOf100,
      action: { type: 'string', among: ['allow', 'deny'] },
      l4: { type: 'string', among: ['tcp'] },
      access_group: {
        type: 'string',
        among: ['group-1', 'group-2', 'group-3', 'group-4', 'admin'],
      },
      source: endpoint,
      destination: endpoint,
    },
  },
  SHOES: {
    record: 'shoes.shoe_product',
    key: 'id',
    rows: 643,
    fields: {
      id: shoe,
      brand: { type: 'string', like: /^[A-Z]/, distinct: 20 },
      name: { type: 'string', like: /^\w+ \w+ \d+$/, distinct: 641 },
      sale_price: { type: 'int', least: 1595, most: 36500 },
      rating: { type: 'double', least: 0, most: 5 },
    },
  },
  SHOE_CUSTOMERS: {
    key: 'id',
    rows: 301,
    fields: {
      id: shoeCustomer,
      first_name: { type: 'string', like: name },
      last_name: { type: 'string', like: name },
      email: { type: 'string', like: email },
      phone: { type: 'string', like: /^\d{3}-\d{3}-\d{4}$/ },
      street_address: { type: 'string', like: /^\d+ \w+ \w+$/ },
      state: { type: 'string', like: /^[A-Z][a-z]+( [A-Z][a-z]+)?$/, distinct: 44 },
      zip_code: { type: 'string', like: /^\d{5}$/ },
      country: { type: 'string', among: ['United States'] },
      country_code: { type: 'string', among: ['US'] },
    },
  },
  SHOE_ORDERS: {
    key: 'order_id',
    fields: {
      order_id: { type: 'int', first: 1000, step: 1 },
      product_id: shoe,
      customer_id: shoeCustomer,
      ts: { type: 'long', logical: 'timestamp-millis', first: 1609459200000, step: 100000 },
    },
  },
  SHOE_CLICKSTREAM: {
    key: 'product_id',
    fields: {
      product_id: shoe,
      user_id: shoeCustomer,
      view_time: { type: 'int', from: 10, below: 120 },
      page_url: { type: 'string', like: /^https:\/\/www[.]acme[.]com\/product\/[a-z]{5}$/ },
      ip: poolOf100,
      ts: { type: 'long', logical: 'timestamp-millis', first: 1609457200000, step: 10000 },
    },
  },
}
