import type { LogLine } from '../../lib/queries/connectors.ts'
import { classNames } from '../ui/class-names.ts'
import { Table } from '../ui/table.tsx'
import { ClockText } from '../ui/time.tsx'

const levels: Readonly<Record<LogLine['level'], string>> = {
  INFO: 'text-ink-2',
  WARN: 'font-[560] text-amber',
  ERROR: 'font-[560] text-red',
}

/** Lines of a connector's log, in the order that they are given. */
export function LogTable({ lines }: { readonly lines: readonly LogLine[] }) {
  return (
    <Table label="Log">
      <thead className="sr-only">
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Level</th>
          <th scope="col">Task</th>
          <th scope="col">Message</th>
        </tr>
      </thead>
      <tbody className="font-mono text-label">
        {lines.map(({ atMs, level, taskId, message }, index) => (
          <tr key={index} className="border-t border-line first:border-t-0 align-baseline">
            <td className="py-[6px] pr-5 pl-4 text-ink-2">
              <ClockText timestampMs={atMs} />
            </td>
            <td className={classNames('pr-5', levels[level])}>{level}</td>
            <td className="pr-5 whitespace-nowrap text-ink-2">
              {taskId === null ? '' : `task ${taskId}`}
            </td>
            <td className="w-full pr-4 break-words">{message}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
