import { Box, ChartLine, House } from 'lucide-react'
import { paths } from '../../lib/paths.ts'
import { NavFoot } from './nav-foot.tsx'
import { NavLink } from './nav-link.tsx'

export function OrganisationNav({ bootstrap }: { readonly bootstrap: string }) {
  return (
    <nav aria-label="Main" className="flex h-full flex-col justify-between gap-6">
      <ul className="flex flex-col gap-0.5 pt-0.5">
        <NavLink href={paths.home()} sections={[paths.home()]} icon={<House />} text="Home" />
        <NavLink
          href={paths.environments()}
          sections={[paths.environments()]}
          icon={<Box />}
          text="Environments"
        />
        <NavLink
          href={paths.metrics()}
          sections={[paths.metrics()]}
          icon={<ChartLine />}
          text="Metrics"
        />
      </ul>
      <NavFoot bootstrap={bootstrap} />
    </nav>
  )
}
