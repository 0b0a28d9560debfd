import { RateFigure } from '../charts/measured-figure.tsx'
import { Swatched } from '../charts/swatch.tsx'
import { TimeSeries } from '../charts/time-series.tsx'
import { Card, CardHeader, KeyValue, KeyValues } from '../ui/card.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { CopyText } from '../ui/copy-button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Note } from '../ui/note.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { Figure, StatStrip } from '../ui/stat-strip.tsx'
import { Cell, HeadCell, Row, Table, TableHead } from '../ui/table.tsx'
import { Specimen } from './specimen.tsx'

/** A course with a pause at zero and a stretch that was not measured. */
const rates = Array.from({ length: 120 }, (_, index) => {
  if (index > 45 && index < 62) return null
  if (index < 10 || (index > 84 && index < 92)) return 0
  return Math.round(420 + 160 * Math.sin(index * 0.7) * Math.cos(index * 0.31))
})
const fromMs = Date.UTC(2026, 10, 20, 8, 41)
const time = { fromMs, stepMs: 30_000, unit: 'bytesPerSecond' } as const

export function Charts() {
  const slower = rates.map((rate) => (rate === null ? null : rate / 3))
  return (
    <>
      <Specimen title="Chart: zero is a line, a gap is hatched">
        <Card className="p-4">
          <TimeSeries
            {...time}
            title="Production (bytes/sec)"
            series={[{ name: 'Production', colour: 'd1', values: rates }]}
            events={[{ atMs: fromMs + 85 * 30_000, word: 'Paused' }]}
            aside="Peak 580 B/s"
            syncId="design"
          />
        </Card>
      </Specimen>
      <Specimen title="Chart of several series">
        <Card className="p-4">
          <TimeSeries
            {...time}
            title="Received bytes by topic"
            series={[
              { name: 'tutorial_topic', colour: 'd3', values: rates },
              { name: 'rides', colour: 'd4', values: slower },
            ]}
            height={240}
            syncId="design"
          />
        </Card>
      </Specimen>
      <Specimen title="Sparklines">
        <Table label="Topics">
          <TableHead>
            <HeadCell>Topic name</HeadCell>
            <HeadCell className="text-right">
              <Swatched colour="d1">Production</Swatched>
            </HeadCell>
          </TableHead>
          <tbody>
            {[rates, rates.map(() => 0)].map((values, index) => (
              <Row key={index}>
                <Cell className="font-[580]">{index === 0 ? 'rides' : 'vendor-lookup'}</Cell>
                <Cell className="text-right">
                  <RateFigure value={index === 0 ? 391 : 0} course={values} colour="d1" />
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      </Specimen>
    </>
  )
}

const order = '{"orderid":9007199254740993,"itemid":"Item_184","note":null}'

export function Content() {
  return (
    <>
      <Specimen title="Figures">
        <StatStrip label="Totals">
          <Figure label="Production" value="1.28" unit="KB/s" />
          <Figure label="Messages" value="6,243" hint="in 2 partitions" />
          <Figure label="Retention time" value="1" unit="week" />
        </StatStrip>
      </Specimen>
      <Specimen title="Card">
        <Card>
          <CardHeader title="Cluster" />
          <KeyValues>
            <KeyValue term="ID">
              <CopyText text="lkc-p9v3xz" label="Copy cluster ID" />
            </KeyValue>
            <KeyValue term="Type">Basic</KeyValue>
          </KeyValues>
        </Card>
      </Specimen>
      <Specimen title="Code, with copy">
        <CodeBlock text={order} label="the value" />
      </Specimen>
      <Specimen title="Notes">
        <Note>
          Provider and region are <b>names only</b>.
        </Note>
        <Note kind="caution">Partition 3 has no leader since 09:38.</Note>
        <Note kind="error">The broker does not answer.</Note>
      </Specimen>
      <Specimen title="Loading: the final geometry">
        <Table label="Loading">
          <TableHead>
            <HeadCell>Topic name</HeadCell>
            <HeadCell>Partitions</HeadCell>
          </TableHead>
          <tbody>
            <SkeletonRows widths={[120, 24]} rows={3} />
          </tbody>
        </Table>
      </Specimen>
      <Specimen title="Nothing yet">
        <EmptyState title="No topics yet">
          A topic is a named log that programs write to and read from.
        </EmptyState>
      </Specimen>
    </>
  )
}
