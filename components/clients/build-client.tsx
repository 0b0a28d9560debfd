'use client'

import { X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import {
  addressesFrom,
  type ClientPlaceId,
  ciScript,
  clientPlaces,
  type Reach,
} from '../../lib/format/client-places.ts'
import type { NewApiKey } from '../../lib/format/key-file.ts'
import { formatCount } from '../../lib/format/numbers.ts'
import { type BuildClientQuery, type ClusterAt, paths } from '../../lib/paths.ts'
import { ButtonLink } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { SelectField } from '../ui/select.tsx'
import { CheckConnection } from './check-connection.tsx'
import { KeyChoice, type KeyWay } from './key-choice.tsx'
import { LanguageTiles } from './language-tiles.tsx'
import { PlaceChoice } from './place-choice.tsx'
import { ProgramView } from './program-view.tsx'
import { type Protocol, ProtocolChoice } from './protocol-choice.tsx'
import { clientLanguages } from './snippets/languages.ts'
import {
  type ClientLanguage,
  type ClientLibrary,
  type ProgramInput,
  secretPlaceholder,
} from './snippets/program.ts'

export interface BuildClientProps {
  readonly at: ClusterAt
  readonly clusterName: string
  readonly bootstrap: string
  /** The console's own address, which answers Kafka REST. */
  readonly restUrl: string
  readonly reach: Reach
  /** Of the cluster that a script for CI starts with. */
  readonly ciClusterId: string
  /** What the Kafka ports accept, what is best first. */
  readonly protocols: readonly Protocol[]
  readonly apiKeys: readonly { readonly key: string; readonly description: string }[]
  /** Null: there are too many to choose from. */
  readonly topics: readonly string[] | null
  readonly topicCount: number
  /** What the address names. */
  readonly asked: BuildClientQuery
}

/** Language, key and topic at the left; at the right the program that follows from them. */
export function BuildClient(props: BuildClientProps) {
  const { at, apiKeys, asked } = props
  const [chosen, setChosen] = useState(() => languageIn(asked))
  const [way, setWay] = useState<KeyWay>(apiKeys.length === 0 ? 'create' : 'existing')
  const [existing, setExisting] = useState(
    () => apiKeys.find(({ key }) => key === asked.key)?.key ?? apiKeys[0]?.key ?? '',
  )
  const [typed, setTyped] = useState('')
  const [made, setMade] = useState<NewApiKey>()
  const [topic, setTopic] = useState(asked.topic ?? props.topics?.[0] ?? '')
  const [protocol, setProtocol] = useState<Protocol>(
    () =>
      props.protocols.find((name) => name === asked.protocol) ??
      props.protocols[0] ??
      'SASL_PLAINTEXT',
  )
  const [place, setPlace] = useState<ClientPlaceId>(
    () => clientPlaces.find(({ id }) => id === asked.place)?.id ?? 'machine',
  )
  const isHttp = chosen.library.isHttp === true
  const credentials =
    way === 'create'
      ? { key: made?.key ?? '<API key>', secret: made?.secret ?? secretPlaceholder }
      : { key: existing || '<API key>', secret: typed || secretPlaceholder }
  const input: ProgramInput = {
    ...addressesFrom(place, { bootstrap: props.bootstrap, restUrl: props.restUrl }),
    protocol,
    ...credentials,
    topic: topic || '<topic>',
    clusterId: place === 'ci' ? props.ciClusterId : at.clusterId,
  }
  const apiKey = way === 'create' ? made?.key : existing

  function keepInAddress(part: BuildClientQuery) {
    const { language, library } = chosen
    const chosenNow = {
      language: language.id,
      library: library.id,
      topic,
      key: existing,
      protocol,
      place,
    }
    const query = { ...chosenNow, ...part }
    history.replaceState(null, '', paths.buildClient(at, query))
  }

  return (
    <>
      <PageHeader title={`Build a client for ${props.clusterName}`}>
        <ButtonLink href={paths.clients(at)} tone="ghost" icon={<X aria-hidden="true" />}>
          Close
        </ButtonLink>
      </PageHeader>
      <div className="grid grid-cols-1 items-start gap-x-8 gap-y-6 xl:grid-cols-[minmax(0,430px)_minmax(0,1fr)]">
        <ol className="flex flex-col gap-6">
          <Step number={1} title="Choose your language">
            <LanguageTiles
              {...chosen}
              onChange={(language, library) => {
                setChosen({ language, library })
                keepInAddress({ language: language.id, library: library.id })
              }}
            />
          </Step>
          <Step number={2} title="Choose an API key">
            <KeyChoice
              at={at}
              apiKeys={apiKeys}
              way={way}
              onWay={setWay}
              chosenKey={existing}
              onChoose={(key) => {
                setExisting(key)
                setTyped('')
                keepInAddress({ key })
              }}
              secret={typed}
              onSecret={setTyped}
              made={made}
              onMade={setMade}
              description={`${chosen.language.name} client`}
            />
          </Step>
          <Step number={3} title="Choose a topic">
            <TopicChoice
              topics={props.topics}
              topicCount={props.topicCount}
              topic={topic}
              at={at}
              onChange={(next) => {
                setTopic(next)
                keepInAddress({ topic: next })
              }}
            />
          </Step>
          <Step number={4} title="Choose how to connect">
            <div className="flex flex-col gap-4">
              <PlaceChoice
                place={place}
                onChange={(next) => {
                  setPlace(next)
                  keepInAddress({ place: next })
                }}
                reach={props.reach}
                transport={isHttp ? 'HTTP' : protocol}
              />
              <ProtocolChoice
                isHttp={isHttp}
                protocols={props.protocols}
                protocol={protocol}
                onChange={(next) => {
                  setProtocol(next)
                  keepInAddress({ protocol: next })
                }}
              />
            </div>
          </Step>
        </ol>
        <div className="flex min-w-0 flex-col gap-3">
          <h2 className="sr-only">Copy the configuration snippet for your clients</h2>
          <ProgramView
            key={chosen.library.id}
            library={chosen.library}
            input={input}
            placeFiles={
              place === 'ci' ? [{ name: 'ci.sh', text: ciScript(input), command: 'sh ci.sh' }] : []
            }
          />
          <CheckConnection at={at} apiKey={apiKey === '' ? undefined : apiKey} />
        </div>
      </div>
    </>
  )
}

function Step({
  number,
  title,
  children,
}: {
  readonly number: number
  readonly title: string
  readonly children: ReactNode
}) {
  return (
    <li className="grid grid-cols-[20px_minmax(0,1fr)] gap-x-2.5 gap-y-2.5">
      <span
        aria-hidden="true"
        className="flex size-5 items-center justify-center rounded-full border border-control text-tiny text-ink-2"
      >
        {number}
      </span>
      <h2 className="text-body">{title}</h2>
      <div className="col-start-2">{children}</div>
    </li>
  )
}

function TopicChoice({
  topics,
  topicCount,
  topic,
  at,
  onChange,
}: {
  readonly topics: readonly string[] | null
  readonly topicCount: number
  readonly topic: string
  readonly at: ClusterAt
  readonly onChange: (topic: string) => void
}) {
  if (topics === null) {
    return (
      <TextField
        label="Topic"
        isMono
        value={topic}
        onChange={(event) => onChange(event.target.value.trim())}
        hint={
          topicCount === 0
            ? 'The topics cannot be read just now: type the name of one.'
            : `This cluster has ${formatCount(topicCount)} topics: type the name of one.`
        }
      />
    )
  }
  if (topics.length === 0) {
    return (
      <div className="flex flex-col items-start gap-2.5">
        <p className="text-ink-2">This cluster has no topic yet. Programs do not create it.</p>
        <ButtonLink href={paths.createTopic(at)}>Create topic</ButtonLink>
      </div>
    )
  }
  return (
    <SelectField
      label="Topic"
      options={topics.map((name) => ({ value: name, label: name }))}
      value={topic}
      onChange={onChange}
    />
  )
}

/** What the address names, or the first; an address may name what there is not. */
function languageIn(asked: BuildClientQuery): {
  readonly language: ClientLanguage
  readonly library: ClientLibrary
} {
  const python = clientLanguages.find(({ id }) => id === 'python')
  const language = clientLanguages.find(({ id }) => id === asked.language) ?? python
  const library =
    language?.libraries.find(({ id }) => id === asked.library) ?? language?.libraries[0]
  if (language === undefined || library === undefined) {
    throw new Error('The table of languages has neither the one asked for nor Python.')
  }
  return { language, library }
}
