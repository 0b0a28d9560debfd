// Vehicles on the road: who drives them, where they are and what their sensors read; the three
// join on `vehicle_id`.
//
// The reference names only the namespace of the first template; all three get the same namespace
// and their id as name.

import type { AvroSchemaJson, AvroType, DatagenTemplate } from './avro-schema.ts'
import { drawFor } from './draw.ts'
import { fullNames } from './people.ts'

const vehicleIds: AvroType = {
  type: 'int',
  'arg.properties': { range: { min: 1000, max: 9999 } },
}

const description: AvroSchemaJson = {
  type: 'record',
  namespace: 'fleet_mgmt',
  name: 'fleet_mgmt_description',
  fields: [
    { name: 'vehicle_id', type: vehicleIds },
    {
      name: 'driver_name',
      type: { type: 'string', 'arg.properties': { options: fullNames(100, drawFor('drivers')) } },
    },
    {
      name: 'license_plate',
      type: { type: 'string', 'arg.properties': { regex: '[A-Z]{2}\\d{6}[A-Z]' } },
    },
  ],
}

const location: AvroSchemaJson = {
  type: 'record',
  namespace: 'fleet_mgmt',
  name: 'fleet_mgmt_location',
  fields: [
    { name: 'vehicle_id', type: vehicleIds },
    {
      name: 'location',
      // Places on earth they are not: Confluent's template lists thirty of them on the field, where
      // the generator does not look, so both numbers are any between 0 and 1. Ours are, too.
      type: {
        type: 'record',
        name: 'location',
        fields: [
          { name: 'latitude', type: 'double' },
          { name: 'longitude', type: 'double' },
        ],
      },
    },
    {
      name: 'ts',
      type: {
        type: 'long',
        logicalType: 'timestamp-millis',
        'arg.properties': { iteration: { start: 1609459200000, step: 100000 } },
      },
    },
  ],
}

const sensors: AvroSchemaJson = {
  type: 'record',
  namespace: 'fleet_mgmt',
  name: 'fleet_mgmt_sensors',
  fields: [
    { name: 'vehicle_id', type: vehicleIds },
    {
      name: 'engine_temperature',
      type: { type: 'int', 'arg.properties': { range: { min: 150, max: 250 } } },
    },
    {
      name: 'average_rpm',
      type: { type: 'int', 'arg.properties': { range: { min: 1800, max: 5000 } } },
    },
  ],
}

export const fleetDescriptionTemplate: DatagenTemplate = {
  id: 'FLEET_MGMT_DESCRIPTION',
  title: 'Fleet: vehicles',
  description: 'Vehicles of a fleet with driver and license plate.',
  keyField: 'vehicle_id',
  schema: description,
}

export const fleetLocationTemplate: DatagenTemplate = {
  id: 'FLEET_MGMT_LOCATION',
  title: 'Fleet: locations',
  description: 'Where the vehicles of a fleet are, as latitude and longitude.',
  keyField: 'vehicle_id',
  schema: location,
}

export const fleetSensorsTemplate: DatagenTemplate = {
  id: 'FLEET_MGMT_SENSORS',
  title: 'Fleet: sensors',
  description: 'Engine temperature and speed of the vehicles of a fleet.',
  keyField: 'vehicle_id',
  schema: sensors,
}
