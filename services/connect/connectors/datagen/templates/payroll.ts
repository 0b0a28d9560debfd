// A company's employees, where they work and what bonus they get; the three join on `employee_id`.
//
// The reference is silent on record names: the namespace is the family, the name is the id.

import type { AvroSchemaJson, AvroType, DatagenTemplate } from './avro-schema.ts'
import { drawFor } from './draw.ts'
import { people } from './people.ts'

const employees = { idFirst: 1000, count: 100 }

const employeeIds: AvroType = {
  type: 'int',
  'arg.properties': {
    range: { min: employees.idFirst, max: employees.idFirst + employees.count },
  },
}

const employee: AvroSchemaJson = {
  type: 'record',
  namespace: 'payroll',
  name: 'payroll_employee',
  fields: [
    { name: 'employee_id', type: 'int' },
    { name: 'first_name', type: 'string' },
    { name: 'last_name', type: 'string' },
    { name: 'age', type: 'int' },
    { name: 'ssn', type: 'string' },
    { name: 'hourly_rate', type: 'int' },
    { name: 'gender', type: 'string' },
    { name: 'email', type: 'string' },
  ],
  'arg.properties': { options: employeeRows() },
}

function employeeRows() {
  const draw = drawFor('employees')
  return people(employees.count, draw).map((person, index) => ({
    employee_id: employees.idFirst + index,
    first_name: person.firstName,
    last_name: person.lastName,
    age: draw.whole({ min: 30, max: 49 }),
    // The group 00 is never given out, so this is nobody's number.
    ssn: `${draw.whole({ min: 100, max: 899 })}-00-${draw.whole({ min: 1000, max: 9999 })}`,
    hourly_rate: draw.whole({ min: 8, max: 24 }),
    gender: person.gender,
    email:
      `${person.firstName.slice(0, 1)}${person.lastName.slice(0, 3)}@mycompany.com`.toLowerCase(),
  }))
}

const location: AvroSchemaJson = {
  type: 'record',
  namespace: 'payroll',
  name: 'payroll_employee_location',
  fields: [
    { name: 'employee_id', type: employeeIds },
    { name: 'lab', type: { type: 'string', 'arg.properties': { regex: 'lab-\\d{1}' } } },
    {
      name: 'department_id',
      type: { type: 'int', 'arg.properties': { range: { min: 1, max: 10 } } },
    },
    {
      name: 'arrival_date',
      type: {
        type: 'int',
        logicalType: 'date',
        'arg.properties': { range: { min: 18000, max: 19000 } },
      },
    },
  ],
}

const bonus: AvroSchemaJson = {
  type: 'record',
  namespace: 'payroll',
  name: 'payroll_bonus',
  fields: [
    { name: 'employee_id', type: employeeIds },
    { name: 'bonus', type: { type: 'int', 'arg.properties': { range: { min: 10, max: 50 } } } },
    {
      name: 'ts',
      // The year 2021.
      type: {
        type: 'long',
        logicalType: 'timestamp-millis',
        'arg.properties': { range: { min: 1609459200000, max: 1640995199000 } },
      },
    },
  ],
}

export const payrollEmployeeTemplate: DatagenTemplate = {
  id: 'PAYROLL_EMPLOYEE',
  title: 'Payroll: employees',
  description: 'A hundred employees of a company with age and hourly rate.',
  keyField: 'employee_id',
  schema: employee,
}

export const payrollEmployeeLocationTemplate: DatagenTemplate = {
  id: 'PAYROLL_EMPLOYEE_LOCATION',
  title: 'Payroll: employee locations',
  description: 'In which lab and department employees work, and since when.',
  keyField: 'employee_id',
  schema: location,
}

export const payrollBonusTemplate: DatagenTemplate = {
  id: 'PAYROLL_BONUS',
  title: 'Payroll: bonuses',
  description: 'Bonuses paid to employees.',
  keyField: 'employee_id',
  schema: bonus,
}
