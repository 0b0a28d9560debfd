// The visitors of a web shop, as Confluent's clickstream demo has them: three templates that join
// on `userid` = `user_id` and on `status` = `code` (a string in one, a number in the other).

import type { AvroSchemaJson, DatagenTemplate } from './avro-schema.ts'
import { words } from './draw.ts'

const codes: AvroSchemaJson = {
  type: 'record',
  namespace: 'clickstream',
  name: 'codes',
  fields: [
    { name: 'code', type: 'int' },
    { name: 'definition', type: 'string' },
  ],
  'arg.properties': {
    options: [
      { code: 200, definition: 'Successful' },
      { code: 302, definition: 'Redirect' },
      { code: 404, definition: 'Page not found' },
      { code: 405, definition: 'Method not allowed' },
      { code: 406, definition: 'Not acceptable' },
      { code: 407, definition: 'Proxy authentication required' },
    ],
  },
}

/** Four networks of ten visitors; some stand twice, and some are not addresses at all. */
const visitors = [
  ...words(`
    111.14.83.201 111.27.190.46 111.39.117.5 111.14.83.201 111.58.242.133
    111.76.12.94 111.101.207.288 111.133.64.171 111.168.29.250 111.219.150.38`),
  ...words(`
    222.8.175.62 222.21.49.236 222.47.301.18 222.63.122.157 222.63.122.157
    222.95.184.77 222.114.36.209 222.149.251.11 222.187.92.143 222.240.68.120`),
  ...words(`
    122.5.138.219 122.33.71.104 122.52.226.47 122.81.9.182 122.106.163.55
    122.137.214.30 122.106.163.55 122.172.98.261 122.203.45.116 122.248.190.73`),
  ...words(`
    233.11.96.148 233.30.212.25 233.44.157.199 233.69.83.310 233.92.134.7
    233.117.248.61 233.145.20.178 233.176.109.92 233.208.55.243 233.11.96.148`),
]

const pages = words(`
  /index.html /site/user_status.html /site/login.html /site/user_status.html
  /images/track.png /images/logo-small.png`)

const clickstream: AvroSchemaJson = {
  type: 'record',
  namespace: 'clickstream',
  name: 'events',
  fields: [
    { name: 'ip', type: { type: 'string', 'arg.properties': { options: visitors } } },
    { name: 'userid', type: { type: 'int', 'arg.properties': { range: { min: -1, max: 40 } } } },
    { name: 'remote_user', type: { type: 'string', 'arg.properties': { options: ['-'] } } },
    {
      name: 'time',
      type: { type: 'string', 'arg.properties': { iteration: { start: 1, step: 10 } } },
    },
    {
      name: '_time',
      type: { type: 'long', 'arg.properties': { iteration: { start: 1, step: 10 } } },
    },
    {
      name: 'request',
      type: {
        type: 'string',
        'arg.properties': { options: pages.map((page) => `GET ${page} HTTP/1.1`) },
      },
    },
    {
      name: 'status',
      type: { type: 'string', 'arg.properties': { options: words('200 302 404 405 406 407') } },
    },
    {
      name: 'bytes',
      type: {
        type: 'string',
        'arg.properties': { options: words('278 1289 2048 4096 4006 4196 14096') },
      },
    },
    { name: 'referrer', type: { type: 'string', 'arg.properties': { options: ['-'] } } },
    {
      name: 'agent',
      type: {
        type: 'string',
        'arg.properties': {
          options: [
            'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
            'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/59.0.3071.115 Safari/537.36',
          ],
        },
      },
    },
  ],
}

const userNames = words(`
  harbor_hal bytefox marble77 quietquinn salt.and.pine nordlicht papercrane tuesday_t ottoline
  redkite mossypebble gridlocke vega_31 plumjam driftwood_d kettledrum hexapod lanternjack`)

const firstNames = words('Agnes Bruno Celia Damir Elif Ferdy Gwen Hamza Isolde Jonah Kirsten Lamar')

const lastNames = words(
  'Amsel Birch Cordova Dietz Espinoza Fenwick Grimaldi Holt Irving Juarez Kessler Lowell',
)

const users: AvroSchemaJson = {
  type: 'record',
  namespace: 'clickstream',
  name: 'users',
  fields: [
    { name: 'user_id', type: { type: 'int', 'arg.properties': { iteration: { start: 1 } } } },
    { name: 'username', type: { type: 'string', 'arg.properties': { options: userNames } } },
    {
      name: 'registered_at',
      type: {
        type: 'long',
        'arg.properties': { range: { min: 1407645330000, max: 1502339792000 } },
      },
    },
    { name: 'first_name', type: { type: 'string', 'arg.properties': { options: firstNames } } },
    { name: 'last_name', type: { type: 'string', 'arg.properties': { options: lastNames } } },
    {
      name: 'city',
      type: {
        type: 'string',
        'arg.properties': {
          options: ['Palo Alto', 'San Francisco', 'Raleigh', 'London', 'Frankfurt', 'New York'],
        },
      },
    },
    {
      name: 'level',
      type: { type: 'string', 'arg.properties': { options: ['Gold', 'Silver', 'Platinum'] } },
    },
  ],
}

export const clickstreamCodesTemplate: DatagenTemplate = {
  id: 'CLICKSTREAM_CODES',
  title: 'Clickstream codes',
  description: 'HTTP status codes and what they mean, to join with Clickstream.',
  keyField: 'code',
  schema: codes,
}

export const clickstreamTemplate: DatagenTemplate = {
  id: 'CLICKSTREAM',
  title: 'Clickstream',
  description: 'Requests to a web site, with visitor, page, status and size.',
  keyField: 'ip',
  schema: clickstream,
}

export const clickstreamUsersTemplate: DatagenTemplate = {
  id: 'CLICKSTREAM_USERS',
  title: 'Clickstream users',
  description: 'People who are signed in at the web site of Clickstream.',
  keyField: 'user_id',
  schema: users,
}
