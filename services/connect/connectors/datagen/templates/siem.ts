// What a security team collects: system logs, firewall logs, and whose device an address is.
// `siem_logs` joins with `device_information` on any of its three addresses.
//
// The reference is silent on record names: the namespace is the family, the name is the id. It is
// silent on the two pools of `syslog_logs`, too: ten addresses each, of their own.

import type { AvroRecord, AvroSchemaJson, AvroType, DatagenTemplate } from './avro-schema.ts'
import { distinct, drawFor, numbered, words } from './draw.ts'
import { deviceAddresses, quads } from './ip-addresses.ts'
import { fullNames } from './people.ts'

const syslog: AvroSchemaJson = {
  type: 'record',
  namespace: 'siem',
  name: 'syslog_logs',
  fields: [
    { name: 'name', type: matching('[a-zA-Z]{5,8}') },
    { name: 'type', type: oneOf(words('RFC5424 RFC3164 CEF UNKNOWN')) },
    { name: 'message', type: matching('[a-z ]{10,15}') },
    { name: 'host', type: oneOf(quads(10, drawFor('syslog hosts'))) },
    { name: 'version', type: oneOf(['3.25.1']) },
    { name: 'tag', type: oneOf(['.source.s_src']) },
    { name: 'level', type: { type: 'int', 'arg.properties': { range: { min: 0, max: 191 } } } },
    { name: 'facility', type: oneOf(words('syslog authpriv cron')) },
    { name: 'severity', type: { type: 'int', 'arg.properties': { range: { min: 0, max: 8 } } } },
    { name: 'appName', type: matching('[A-Z]{5,8}') },
    { name: 'remoteAddress', type: oneOf(quads(10, drawFor('syslog senders'))) },
    { name: 'rawMessage', type: matching('[a-z ]{10,15}') },
    { name: 'processId', type: matching('[1-9]{1}[0-9]{6}') },
    { name: 'messageId', type: matching('[1-9]{1}[0-9]{2}') },
    { name: 'deviceVendor', type: matching('[a-z]{5}') },
    { name: 'deviceProduct', type: matching('[a-z]{5}') },
    { name: 'deviceVersion', type: oneOf(words('1.0 2.0 3.0 4.0 5.0')) },
    {
      name: 'ts',
      // Milliseconds, but not said to be a time: it stays a plain number in every format.
      type: { type: 'long', 'arg.properties': { iteration: { start: 1609459200000, step: 100 } } },
    },
  ],
}

const deviceInformation: AvroSchemaJson = {
  type: 'record',
  namespace: 'siem',
  name: 'device_information',
  fields: [
    { name: 'device_ip', type: oneOf(deviceAddresses) },
    { name: 'mac_address', type: oneOf(macAddresses(50)) },
    { name: 'owner', type: oneOf(fullNames(100, drawFor('device owners'))) },
  ],
}

/** Addresses that begin with 02 are given out locally: they are no maker's. */
function macAddresses(count: number): readonly string[] {
  const draw = drawFor('device cards')
  const octet = () => draw.whole({ min: 0, max: 255 }).toString(16).padStart(2, '0').toUpperCase()
  return distinct(count, () => ['02', ...numbered(5, octet)].join('-'))
}

const siemLogs: AvroSchemaJson = {
  type: 'record',
  namespace: 'siem',
  name: 'siem_logs',
  fields: [
    { name: 'hostname', type: oneOf(deviceAddresses) },
    { name: 'action', type: oneOf(['allow', 'deny']) },
    { name: 'l4', type: oneOf(['tcp']) },
    { name: 'access_group', type: oneOf(words('group-1 group-2 group-3 group-4 admin')) },
    { name: 'source', type: endpoint('source') },
    { name: 'destination', type: endpoint('destination') },
  ],
}

function endpoint(name: string): AvroRecord {
  return {
    type: 'record',
    name,
    fields: [
      { name: 'ip', type: oneOf(deviceAddresses) },
      {
        name: 'port',
        type: { type: 'int', 'arg.properties': { range: { min: 10000, max: 99999 } } },
      },
    ],
  }
}

function oneOf(options: readonly string[]): AvroType {
  return { type: 'string', 'arg.properties': { options } }
}

function matching(regex: string): AvroType {
  return { type: 'string', 'arg.properties': { regex } }
}

export const syslogLogsTemplate: DatagenTemplate = {
  id: 'SYSLOG_LOGS',
  title: 'Syslog logs',
  description: 'System logs of ten hosts in several formats.',
  keyField: 'host',
  schema: syslog,
}

export const deviceInformationTemplate: DatagenTemplate = {
  id: 'DEVICE_INFORMATION',
  title: 'Device information',
  description: 'Who owns the device behind an address; joins with SIEM logs.',
  keyField: 'device_ip',
  schema: deviceInformation,
}

export const siemLogsTemplate: DatagenTemplate = {
  id: 'SIEM_LOGS',
  title: 'SIEM logs',
  description: 'Connections that a firewall allowed or denied.',
  keyField: 'hostname',
  schema: siemLogs,
}
