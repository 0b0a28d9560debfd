import { expect, it } from 'vitest'
import { findMetric, metricDescriptors, parseResource, resourceText } from './metrics.ts'

it('writes resources so that they are read back, whatever a client calls itself', () => {
  const ids = ['orders', '', 'a:b', 'client:x', 'größe 😀', 'line\nbreak']
  for (const kind of ['topic', 'client', 'connector'] as const) {
    for (const id of ids) expect(parseResource(resourceText({ kind, id }))).toEqual({ kind, id })
  }
  expect(parseResource(resourceText({ kind: 'cluster', id: '' }))).toEqual({
    kind: 'cluster',
    id: '',
  })
})

it('reads nothing else as a resource', () => {
  for (const text of ['', 'topic', 'cluster:lkc-1', 'broker:1', ':x', 'Topic:x']) {
    expect(parseResource(text)).toBeNull()
  }
})

it('exports each metric of something that it can be asked of', () => {
  for (const descriptor of metricDescriptors) {
    expect(descriptor.resources).toContain(descriptor.exported)
    expect(findMetric(descriptor.name)).toBe(descriptor)
  }
})
