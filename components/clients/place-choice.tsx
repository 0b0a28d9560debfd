'use client'

import {
  type ClientPlaceId,
  type ClientTransport,
  clientPlaces,
  containerStart,
  type Reach,
} from '../../lib/format/client-places.ts'
import { CommandBlock } from '../ui/command-block.tsx'
import { Segmented } from '../ui/segmented.tsx'

/** Where the program runs; each place says what has to be so for it to get through. */
export function PlaceChoice({
  place,
  onChange,
  reach,
  transport,
}: {
  readonly place: ClientPlaceId
  readonly onChange: (place: ClientPlaceId) => void
  readonly reach: Reach
  readonly transport: ClientTransport
}) {
  return (
    <div className="flex flex-col items-stretch gap-2.5">
      <span>
        <Segmented
          label="Where the program runs"
          isLarge
          options={clientPlaces.map(({ id, name }) => ({ value: id, label: name }))}
          value={place}
          onChange={onChange}
        />
      </span>
      <div className="flex flex-col gap-2 text-label text-ink-2">
        {place === 'container' ? <Container reach={reach} transport={transport} /> : null}
        {place === 'wsl' ? <Wsl /> : null}
        {place === 'ci' ? (
          <p>
            <code>ci.sh</code>, beside the programs, starts Tributary with this key and this topic
            and ends when all of it answers: make it a step of the job before the one that runs
            them.
          </p>
        ) : null}
      </div>
    </div>
  )
}

function Container({
  reach,
  transport,
}: {
  readonly reach: Reach
  readonly transport: ClientTransport
}) {
  const start = containerStart(reach, transport)
  return (
    <>
      {start === null ? (
        <p>As this installation was started, containers reach it.</p>
      ) : (
        <>
          <p>
            {reach.host === null
              ? 'This installation listens on this machine alone. Start it so that containers reach it, and other machines too:'
              : 'This installation has to be started with one more name:'}
          </p>
          <CommandBlock text={start} />
        </>
      )}
      <p>
        On Linux, start the container with <code>--add-host=host.docker.internal:host-gateway</code>
        ; or with <code>--network host</code>, where programs run as on this machine and nothing has
        to be set.
      </p>
      {transport === 'SASL_PLAINTEXT' && reach.advertisedHost === null ? (
        <p>
          Docker Desktop hides which address a container dialled: there, set{' '}
          <code>ADVERTISED_HOST=host.docker.internal</code> as well.
        </p>
      ) : null}
    </>
  )
}

function Wsl() {
  return (
    <>
      <p>
        With Tributary in WSL, programs in WSL and on Windows reach it as <code>localhost</code>:
        WSL passes that on.
      </p>
      <p>
        With Tributary on Windows, programs in WSL reach it so once <code>.wslconfig</code> has{' '}
        <code>networkingMode=mirrored</code> (Windows 11).
      </p>
    </>
  )
}
