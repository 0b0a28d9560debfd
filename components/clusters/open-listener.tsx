'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { allowWithoutKey, forbidWithoutKey } from '../../lib/actions/open-listener.ts'
import type { ClusterAt } from '../../lib/paths.ts'
import type { OpenListenerView } from '../../lib/queries/open-listener.ts'
import { FormError, useSubmit } from '../forms/submit.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Card, CardHeader, KeyValue, KeyValues } from '../ui/card.tsx'
import { CommandBlock } from '../ui/command-block.tsx'
import { CopyText } from '../ui/copy-button.tsx'
import { Note } from '../ui/note.tsx'
import { Switch } from '../ui/switch.tsx'
import { showToast } from '../ui/toasts.ts'
import { openListenerCommands } from './open-listener-commands.ts'
import { OpenListenerForm } from './open-listener-form.tsx'

/** The setting that lets every program on this machine in without a key, and what it can then type. */
export function OpenListener({
  at,
  clusterName,
  listener,
}: {
  readonly at: ClusterAt
  readonly clusterName: string
  /** Null while the broker cannot be asked. */
  readonly listener: OpenListenerView | null
}) {
  const router = useRouter()
  const [isAsking, setAsking] = useState(false)
  const { submit, isBusy, error } = useSubmit(forbidWithoutKey, () => {
    showToast({ text: 'Every program needs a key again' })
    router.refresh()
  })
  return (
    <Card label="Connections without a key">
      <CardHeader title="Connections without a key">
        {listener?.isOn ? <Badge tone="red" shape="triangle" word="On" isPill /> : null}
      </CardHeader>
      {listener === null ? (
        <p className="p-4 text-ink-2">The broker does not answer. Load this page again.</p>
      ) : (
        <div className="flex flex-col gap-4 p-4">
          <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
            <Switch
              label="Allow connections without a key on this machine"
              isOn={listener.isOn}
              onChange={(isOn) => (isOn ? setAsking(true) : void submit({ ...at }))}
            />
            {listener.isOn ? (
              <Button size="small" isBusy={isBusy} onClick={() => setAsking(true)}>
                Change
              </Button>
            ) : null}
          </div>
          <FormError error={error} />
          <p className="max-w-[720px] text-ink-2">
            For courses whose commands have nothing but{' '}
            <code className="text-label">--bootstrap-server localhost:PORT</code>. The cluster gets
            a port of its own on 127.0.0.1 and ::1, whatever{' '}
            <code className="text-label">HOST</code> is: other machines cannot reach it, nor
            containers with a network of their own.
          </p>
          {listener.isOn ? <Open at={at} listener={listener} /> : null}
        </div>
      )}
      {isAsking && listener !== null ? (
        <OpenListenerForm
          {...{ at, clusterName, listener }}
          onDone={() => {
            setAsking(false)
            router.refresh()
          }}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </Card>
  )
}

/** What is true while it is on, the danger first. */
function Open({ at, listener }: { readonly at: ClusterAt; readonly listener: OpenListenerView }) {
  const { port, createTopics, partitions, problem } = listener
  return (
    <>
      <Note kind="danger">
        <strong className="font-[580] text-red">Nobody is asked who they are.</strong> Every program
        on this machine, those of its other users too, can read, write and delete everything in this
        cluster.
      </Note>
      {problem === null ? null : <NotOpen at={at} listener={listener} problem={problem} />}
      <div className="-mx-4 max-w-[560px]">
        <KeyValues>
          <KeyValue term="Bootstrap server">
            <CopyText text={`localhost:${port}`} label="Copy bootstrap server without a key" />
          </KeyValue>
          <KeyValue term="Security protocol">
            <code className="text-label">PLAINTEXT</code>
          </KeyValue>
          <KeyValue term="Create topics automatically">{createTopics ? 'Yes' : 'No'}</KeyValue>
          <KeyValue term="Default partitions">{partitions}</KeyValue>
        </KeyValues>
      </div>
      {problem === null ? <Commands port={port} /> : null}
    </>
  )
}

/** Why nobody can connect although it is on, with the same settings to try once more. */
function NotOpen({
  at,
  listener: { port, createTopics, partitions },
  problem,
}: {
  readonly at: ClusterAt
  readonly listener: OpenListenerView
  readonly problem: string
}) {
  const router = useRouter()
  const { submit, isBusy, error } = useSubmit(allowWithoutKey, () => router.refresh())
  const settings = { port: String(port), createTopics, partitions: String(partitions) }
  return (
    <div className="flex flex-col items-start gap-3">
      <Note kind="error">
        <b>It is on, but not open.</b> {error?.fields?.port ?? error?.message ?? problem}
      </Note>
      <Button isBusy={isBusy} onClick={() => void submit({ ...at, ...settings })}>
        Try again
      </Button>
    </div>
  )
}

function Commands({ port }: { readonly port: number }) {
  return (
    <div className="flex flex-col gap-3">
      {openListenerCommands(port).map(({ does, command }) => (
        <div key={does} className="flex flex-col gap-1.5">
          <h3 className="text-field-label font-[580] text-ink">{does}</h3>
          <CommandBlock text={command} isWrapped />
        </div>
      ))}
      <p className="text-label text-ink-3">
        In Apache Kafka’s own download the names of the tools end in <code>.sh</code>.
      </p>
    </div>
  )
}
