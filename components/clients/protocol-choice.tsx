'use client'

import { Download } from 'lucide-react'
import { paths } from '../../lib/paths.ts'
import { Note } from '../ui/note.tsx'
import { Segmented } from '../ui/segmented.tsx'
import type { ProgramInput } from './snippets/program.ts'

export type Protocol = ProgramInput['protocol']

/** Encrypted or not, of what the Kafka ports accept; encrypted needs the authority's certificate. */
export function ProtocolChoice({
  protocols,
  protocol,
  onChange,
  isHttp,
}: {
  readonly protocols: readonly Protocol[]
  readonly protocol: Protocol
  readonly onChange: (protocol: Protocol) => void
  /** The program does not speak Kafka, so that there is nothing to choose. */
  readonly isHttp: boolean
}) {
  if (isHttp) {
    return (
      <p className="text-label text-ink-2">
        Over HTTP, to the port of this console, which signs in to Kafka with the key.
      </p>
    )
  }
  return (
    <div className="flex flex-col items-start gap-3">
      {protocols.length > 1 ? (
        <Segmented
          label="Security protocol"
          isLarge
          options={protocols.map((name) => ({ value: name, label: name }))}
          value={protocol}
          onChange={onChange}
        />
      ) : (
        <code className="text-label">{protocol}</code>
      )}
      {protocol === 'SASL_SSL' ? (
        <Note>
          SASL_SSL needs the certificate of this installation’s own authority beside the program.{' '}
          <a
            href={paths.trustFile('ca.pem')}
            download
            className="inline-flex items-center gap-1 rounded-sm text-river"
          >
            <Download aria-hidden="true" className="size-3.5" />
            Download ca.pem
          </a>
        </Note>
      ) : (
        <p className="text-label text-ink-2">
          Without encryption: right for programs on this machine.
        </p>
      )}
    </div>
  )
}
