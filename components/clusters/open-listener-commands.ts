/** What can be typed at once where a cluster is open without a key, and what for. */
export function openListenerCommands(
  port: number,
): readonly { readonly does: string; readonly command: string }[] {
  const server = `localhost:${port}`
  return [
    { does: 'List the topics', command: `kafka-topics --bootstrap-server ${server} --list` },
    {
      does: 'Create a topic',
      command: `kafka-topics --bootstrap-server ${server} --create --topic first --partitions 1 --replication-factor 1`,
    },
    {
      does: 'Produce, one message a line',
      command: `kafka-console-producer --bootstrap-server ${server} --topic first`,
    },
    {
      does: 'Consume',
      command: `kafka-console-consumer --bootstrap-server ${server} --topic first --from-beginning`,
    },
    { does: 'The same with kcat', command: `kcat -b ${server} -t first -C -e` },
  ]
}
