import { availabilities, availabilityWord } from '../../../lib/format/availabilities.ts'
import type { AddClusterChoices, AddClusterOptions } from '../../../lib/queries/add-cluster.ts'
import { ChoiceTiles } from '../../ui/choice-tiles.tsx'
import { Note } from '../../ui/note.tsx'
import { SelectField } from '../../ui/select.tsx'

export type Place = Pick<AddClusterChoices, 'provider' | 'region' | 'availability'>

export function RegionStep({
  providers,
  place,
  bootstrap,
  onChange,
}: {
  readonly providers: AddClusterOptions['providers']
  readonly place: Place
  readonly bootstrap: string
  readonly onChange: (place: Place) => void
}) {
  const provider = providers.find(({ id }) => id === place.provider)
  return (
    <>
      <ChoiceTiles
        label="Provider"
        choices={providers.map(({ id, name: title, regions }) => ({
          value: id,
          title,
          note: `${regions.length} regions`,
        }))}
        value={place.provider}
        onChange={(id) =>
          onChange({
            ...place,
            provider: id,
            region: providers.find((one) => one.id === id)?.firstRegion ?? '',
          })
        }
      />
      <div className="grid grid-cols-1 gap-5 sm:grid-cols-2">
        <SelectField
          label="Region"
          required
          isLarge
          options={(provider?.regions ?? []).map(({ id, name }) => ({
            value: id,
            label: `${name} (${id})`,
          }))}
          value={place.region}
          onChange={(region) => onChange({ ...place, region })}
        />
        <SelectField
          label="Availability"
          required
          isLarge
          options={availabilities.map((value) => ({ value, label: availabilityWord(value) }))}
          value={place.availability}
          onChange={(value) => {
            const availability = availabilities.find((one) => one === value)
            if (availability !== undefined) onChange({ ...place, availability })
          }}
        />
      </div>
      <Note>
        Provider, region and availability are <b>names only</b>. The cluster runs on this machine at{' '}
        <code className="text-label">{bootstrap}</code>; nothing leaves it.
      </Note>
    </>
  )
}
