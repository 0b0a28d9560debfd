// The sixteen templates of Confluent's ksql demos, as the reference describes them. Written apart
// from the templates, so that a slip there is not repeated here.

import type { ExpectedField, ExpectedTemplate } from './expected-field.ts'

const user: ExpectedField = {
  type: 'string',
  among: [1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => `User_${digit}`),
}
const words = /^\S.+\S$/

const userFields: Readonly<Record<string, ExpectedField>> = {
  registertime: { type: 'long', from: 1487715775521, below: 1519273364600 },
  userid: user,
  regionid: {
    type: 'string',
    among: [1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => `Region_${digit}`),
  },
  gender: { type: 'string', among: ['MALE', 'FEMALE', 'OTHER'] },
}

export const expectedOriginals: Readonly<Record<string, ExpectedTemplate>> = {
  CLICKSTREAM_CODES: {
    record: 'clickstream.codes',
    key: 'code',
    rows: 6,
    fields: {
      code: { type: 'int', among: [200, 302, 404, 405, 406, 407] },
      definition: {
        type: 'string',
        among: [
          'Successful',
          'Redirect',
          'Page not found',
          'Method not allowed',
          'Not acceptable',
          'Proxy authentication required',
        ],
      },
    },
  },
  CLICKSTREAM: {
    record: 'clickstream.events',
    key: 'ip',
    fields: {
      ip: {
        type: 'string',
        like: /^(111|222|122|233)\.\d{1,3}\.\d{1,3}\.\d{1,3}$/,
        seen: [/^111/, /^222/, /^122/, /^233/, /\.(25[6-9]|2[6-9]\d|[3-9]\d\d)\b/],
      },
      userid: { type: 'int', from: -1, below: 40 },
      remote_user: { type: 'string', among: ['-'] },
      time: { type: 'string', first: 1, step: 10 },
      _time: { type: 'long', first: 1, step: 10 },
      request: {
        type: 'string',
        among: [
          'GET /index.html HTTP/1.1',
          'GET /site/user_status.html HTTP/1.1',
          'GET /site/user_status.html HTTP/1.1',
          'GET /site/login.html HTTP/1.1',
          'GET /images/track.png HTTP/1.1',
          'GET /images/logo-small.png HTTP/1.1',
        ],
      },
      status: { type: 'string', among: ['200', '302', '404', '405', '406', '407'] },
      bytes: {
        type: 'string',
        among: ['278', '1289', '2048', '4096', '4006', '4196', '14096'],
      },
      referrer: { type: 'string', among: ['-'] },
      agent: {
        type: 'string',
        like: /^Mozilla\/5\.0 /,
        seen: [/Googlebot\/2\.1/, /Windows NT 10\.0.*Chrome\/59\./],
        distinct: 2,
      },
    },
  },
  CLICKSTREAM_USERS: {
    record: 'clickstream.users',
    key: 'user_id',
    fields: {
      user_id: { type: 'int', first: 1, step: 1 },
      username: { type: 'string', like: /^\S+$/, distinct: 18 },
      registered_at: { type: 'long', from: 1407645330000, below: 1502339792000 },
      first_name: { type: 'string', like: /^[A-Z][a-z]+$/, distinct: 12 },
      last_name: { type: 'string', like: /^[A-Z][a-z]+$/, distinct: 12 },
      city: {
        type: 'string',
        among: ['Palo Alto', 'San Francisco', 'Raleigh', 'London', 'Frankfurt', 'New York'],
      },
      level: { type: 'string', among: ['Gold', 'Silver', 'Platinum'] },
    },
  },
  ORDERS: {
    record: 'ksql.orders',
    key: 'orderid',
    fields: {
      ordertime: { type: 'long', from: 1487715775521, below: 1519273364600 },
      orderid: { type: 'int', first: 0, step: 1 },
      itemid: {
        type: 'string',
        like: /^Item_[1-9][0-9]{0,2}$/,
        seen: [/_\d$/, /_\d\d$/, /_\d\d\d$/],
      },
      orderunits: { type: 'double', from: 0.1, below: 10 },
      address: {
        type: 'record',
        fields: {
          city: {
            type: 'string',
            like: /^City_[1-9]{0,2}$/,
            seen: [/_$/, /_\d$/, /_\d\d$/],
          },
          state: {
            type: 'string',
            like: /^State_[1-9]{0,2}$/,
            seen: [/_$/, /_\d$/, /_\d\d$/],
          },
          zipcode: { type: 'long', from: 10000, below: 99999 },
        },
      },
    },
  },
  RATINGS: {
    record: 'ksql.ratings',
    key: 'rating_id',
    fields: {
      rating_id: { type: 'long', first: 1, step: 1 },
      user_id: { type: 'int', from: -1, below: 20 },
      stars: { type: 'int', among: [1, 2, 3, 4] },
      route_id: { type: 'int', from: 1, below: 9999 },
      rating_time: { type: 'long', first: 1, step: 12 },
      channel: { type: 'string', among: ['web', 'iOS', 'ios', 'iOS-test', 'android'] },
      message: { type: 'string', like: words, distinct: 11 },
    },
  },
  USERS: { record: 'ksql.users', key: 'userid', fields: userFields },
  USERS_: {
    record: 'ksql.users',
    key: 'userid',
    fields: {
      ...userFields,
      interests: {
        type: 'array',
        among: [
          ['Game', 'News'],
          ['Game', 'Sport'],
          ['News', 'Movies'],
          ['News', 'Travel'],
        ],
      },
      contactinfo: {
        type: 'map',
        distinct: 5,
        fields: {
          phone: { type: 'string', like: /^\d{10}$/ },
          city: { type: 'string', like: words },
          state: { type: 'string', among: ['CA'] },
          zipcode: { type: 'string', like: /^9[0-6]\d{3}$/ },
        },
      },
    },
  },
  PAGEVIEWS: {
    record: 'ksql.pageviews',
    key: 'viewtime',
    fields: {
      viewtime: { type: 'long', first: 1, step: 10 },
      userid: user,
      pageid: { type: 'string', like: /^Page_[1-9][0-9]$/, distinct: 90 },
    },
  },
  STOCK_TRADES: {
    record: 'ksql.StockTrade',
    key: 'symbol',
    fields: {
      side: { type: 'string', among: ['BUY', 'SELL'], documented: true },
      quantity: { type: 'int', from: 1, below: 5000, documented: true },
      symbol: {
        type: 'string',
        among: ['ZBZX', 'ZJZZT', 'ZTEST', 'ZVV', 'ZVZZT', 'ZWZZT', 'ZXZZT'],
        documented: true,
      },
      price: { type: 'int', from: 5, below: 1000, documented: true },
      account: { type: 'string', among: ['ABC123', 'LMN456', 'XYZ789'], documented: true },
      userid: { ...user, documented: true },
    },
  },
  INVENTORY: {
    record: 'ksql.inventory',
    key: 'id',
    fields: {
      id: { type: 'long', first: 0, step: 1 },
      quantity: { type: 'long', first: 0, step: 1 },
      productid: { type: 'long', first: 0, step: 1 },
    },
  },
  PRODUCT: {
    record: 'ksql.product',
    key: 'id',
    fields: {
      id: { type: 'long', first: 0, step: 1 },
      name: { type: 'string', first: 0, step: 1 },
      description: { type: 'string', first: 0, step: 1 },
      price: { type: 'double', first: 0, step: 1 },
    },
  },
  PURCHASES: {
    record: 'datagen.example.purchase',
    key: 'id',
    fields: {
      id: { type: 'long', first: 0, step: 1 },
      item_type: {
        type: 'string',
        among: [
          ...['boots', 'shirt', 'knife', 'saucepan', 'table', 'chair', 'clock', 'frame'],
          ...['guitar', 'thermometer', 'scarf', 'doormat', 'vase', 'clippers', 'game', 'towels'],
        ],
      },
      quantity: { type: 'long', from: 1, below: 10 },
      price_per_unit: {
        type: 'bytes',
        logical: 'decimal',
        precision: 4,
        scale: 2,
        from: 10,
        below: 50,
      },
    },
  },
  TRANSACTIONS: {
    record: 'datagen.example.transactions',
    key: 'transaction_id',
    fields: {
      transaction_id: { type: 'long', first: 1, step: 1 },
      card_id: { type: 'long', from: 1, below: 24 },
      user_id: { type: 'string', like: /^User_[1-9]{0,1}$/, distinct: 10 },
      purchase_id: { type: 'long', first: 0, step: 1 },
      store_id: { type: 'int', from: 1, below: 7 },
    },
  },
  STORES: {
    record: 'datagen.example.stores',
    key: 'store_id',
    rows: 7,
    fields: {
      store_id: { type: 'int', among: [1, 2, 3, 4, 5, 6, 7] },
      city: {
        type: 'string',
        among: ['Raleigh', 'Chicago', 'Sacramento', 'Austin', 'Boston', 'Atlanta', 'Lexington'],
      },
      state: { type: 'string', among: ['NC', 'IL', 'CA', 'TX', 'MA', 'GA', 'SC'] },
    },
  },
  CREDIT_CARDS: {
    record: 'datagen.example.users',
    key: 'card_id',
    rows: 24,
    fields: {
      card_id: { type: 'int', from: 1, below: 25 },
      card_number: { type: 'long', like: /^\d{16}$/, distinct: 24 },
      cvv: { type: 'int', least: 115, most: 927 },
      expiration_date: { type: 'string', like: /^(0[1-9]|1[0-2])\/\d\d$/ },
    },
  },
  CAMPAIGN_FINANCE: {
    record: 'datagen.campaign_finance',
    key: 'candidate_id',
    fields: {
      time: { type: 'long', from: 1587715775521, below: 1619273364600 },
      candidate_id: { type: 'string', like: /^[A-Z][1-9]{8}$/ },
      party_affiliation: { type: 'string', among: ['REP', 'DEM', 'IND'] },
      contribution: { type: 'int', from: 20, below: 3500 },
    },
  },
}
