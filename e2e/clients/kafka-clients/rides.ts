/** Lines of the taxi data set's kind, made up, and the JSON that a program makes of each. */

const locations = [186, 74, 1, 2, 263]

export function rideLines(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) =>
    [
      `${(index % 2) + 1}`,
      `2020-07-01 00:${minute(index)}:32`,
      `2020-07-01 01:${minute(index)}:39`,
      `${index % 5}`,
      `${index / 4}`,
      '1',
      index % 2 === 0 ? 'N' : 'Y',
      `${locations[(index + 2) % locations.length]}`,
      `${locations[index % locations.length]}`,
      `${(index % 3) + 1}`,
      `${5 + index / 2}`,
      '0.5',
      '0.5',
      `${index / 8}`,
      '0',
      '0.3',
      `${7 + index}`,
      '2.5',
    ].join(','),
  )
}

const minute = (index: number) => `${index % 60}`.padStart(2, '0')

/** The columns in their order, each with what its text becomes. */
const columns = [
  ['vendorId', String],
  ['pickupAt', String],
  ['dropoffAt', String],
  ['passengerCount', Number],
  ['tripDistance', Number],
  ['rateCode', Number],
  ['storedAndForwarded', (text: string) => text === 'Y'],
  ['pickupLocation', Number],
  ['dropoffLocation', Number],
  ['paymentType', Number],
  ['fareAmount', Number],
  ['extra', Number],
  ['mtaTax', Number],
  ['tipAmount', Number],
  ['tollsAmount', Number],
  ['improvementSurcharge', Number],
  ['totalAmount', Number],
  ['congestionSurcharge', Number],
] as const

export function rideOf(line: string): Readonly<Record<string, unknown>> {
  const texts = line.split(',')
  return Object.fromEntries(columns.map(([name, of], at) => [name, of(texts[at] ?? '')]))
}

/** What a ride is keyed by: where it ended. */
export function keyOf(line: string): string {
  return line.split(',')[8] ?? ''
}
