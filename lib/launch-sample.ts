import 'server-only'
import type { ActionResult } from './actions/result.ts'
import { connectControl } from './connect-control.ts'
import { failed } from './errors.ts'
import { clusterStates } from './format/cluster-states.ts'
import { freeSampleName } from './format/connector-plugins.ts'
import { issueApiKey, withdrawApiKey } from './issue-api-key.ts'
import { clusterClient } from './kafka/cluster-clients.ts'
import { asKafkaFailure } from './kafka/failure.ts'
import { connectorNames, connectPlace, connectRefusal } from './queries/connectors.ts'
import type { OwnCluster } from './queries/ownership.ts'

/** As Confluent's *Launch Sample Data* sizes its topic. */
const topicPartitions = 6

/**
 * Makes the topic `sample_data_<template>` unless it is there, a key and a connector `sample_data`
 * (numbered where that is taken) that writes JSON to it. Its secret never reaches a browser.
 */
export async function launchSample(
  cluster: OwnCluster,
  wanted: { readonly pluginClass: string; readonly template: string; readonly ownerId: string },
): Promise<ActionResult<{ name: string; topic: string }>> {
  if (!clusterStates[cluster.state].speaksKafka) return failed('CLUSTER_NOT_RUNNING')
  const taken = await connectorNames(cluster)
  if (taken === null) return failed('CONNECT_UNREACHABLE')
  const name = freeSampleName(taken)
  const config = {
    'connector.class': wanted.pluginClass,
    name,
    'kafka.topic': `sample_data_${wanted.template.toLowerCase()}`,
    'output.data.format': 'JSON',
    quickstart: wanted.template,
    'max.interval': '1000',
    'tasks.max': '1',
  }
  const place = connectPlace(cluster)
  // What is wrong with the template is found before anything is made for it.
  const sample = await connectControl().preview(place, wanted.pluginClass, config)
  if (!sample.ok) return connectRefusal(sample)
  await makeTopic(cluster, config['kafka.topic'])
  const issued = await issueApiKey(cluster.id, {
    description: `connector ${name}`,
    ownerId: wanted.ownerId,
  })
  if ('error' in issued) return issued
  const { key, secret } = issued.ok
  const created = await connectControl().create(place, {
    name,
    config: {
      ...config,
      'kafka.auth.mode': 'KAFKA_API_KEY',
      'kafka.api.key': key,
      'kafka.api.secret': secret,
    },
  })
  if (created.ok) return { ok: { name, topic: config['kafka.topic'] } }
  await withdrawApiKey(cluster.id, key)
  return connectRefusal(created)
}

async function makeTopic(cluster: OwnCluster, name: string): Promise<void> {
  try {
    await clusterClient(cluster.id).admin.createTopic({
      name,
      partitionCount: topicPartitions,
      configs: {},
    })
  } catch (error) {
    if (asKafkaFailure(error)?.code !== 'TOPIC_ALREADY_EXISTS') throw error
  }
}
