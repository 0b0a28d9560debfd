import { CopyButton } from '../ui/copy-button.tsx'

/** Where programs connect to, always in reach. */
export function NavFoot({ bootstrap }: { readonly bootstrap: string }) {
  return (
    <div className="nav-wide hidden border-t border-line px-2.5 pt-3 xl:block">
      <div className="text-label text-ink-2">Bootstrap server</div>
      <div className="flex items-center justify-between gap-2">
        <code className="truncate text-label">{bootstrap}</code>
        <CopyButton text={bootstrap} label="Copy bootstrap server" />
      </div>
    </div>
  )
}
