import { CodeXml, Plug, Send } from 'lucide-react'
import Link from 'next/link'
import { type ReactNode, useId } from 'react'
import { paths, type TopicAt } from '../../lib/paths.ts'

/** The three ways to a first message. */
export function FirstMessageTiles({
  at,
  onProduce,
}: {
  readonly at: TopicAt
  readonly onProduce: () => void
}) {
  return (
    <div className="grid w-full grid-cols-1 gap-3 sm:grid-cols-3">
      <Tile icon={<Send />} title="Produce new message" isFirst does={onProduce}>
        Write one record by hand. A sample is filled in.
      </Tile>
      <Tile icon={<Plug />} title="Add a connector" does={paths.connectorPlugins(at)}>
        Datagen Source sends about two orders a second.
      </Tile>
      <Tile
        icon={<CodeXml />}
        title="Configure a client"
        does={paths.buildClient(at, { topic: at.topic })}
      >
        Java, Python, Node.js, Go or kcat.
      </Tile>
    </div>
  )
}

function Tile({
  icon,
  title,
  isFirst = false,
  does,
  children,
}: {
  readonly icon: ReactNode
  readonly title: string
  readonly isFirst?: boolean
  /** An address, or what happens. */
  readonly does: string | (() => void)
  readonly children: ReactNode
}) {
  const id = useId()
  const shared = {
    'aria-labelledby': `${id}-title`,
    'aria-describedby': `${id}-text`,
    className: `flex cursor-pointer flex-col items-start gap-1 rounded-lg border p-3.5 text-left [&_svg]:mb-1 [&_svg]:size-4 [&_svg]:stroke-[1.75] [&_svg]:text-river ${
      isFirst ? 'border-river-line bg-river-tint' : 'border-line-2 hover:bg-hover'
    }`,
  }
  const content = (
    <>
      <span aria-hidden="true">{icon}</span>
      <span id={`${id}-title`} className="font-[580]">
        {title}
      </span>
      <span id={`${id}-text`} className="text-label text-ink-2">
        {children}
      </span>
    </>
  )
  return typeof does === 'string' ? (
    <Link href={does} {...shared}>
      {content}
    </Link>
  ) : (
    <button type="button" onClick={does} {...shared}>
      {content}
    </button>
  )
}
