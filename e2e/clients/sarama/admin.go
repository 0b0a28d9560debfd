package main

import (
	"errors"
	"maps"
	"net"
	"slices"
	"strconv"

	"github.com/IBM/sarama"
	"tributary/contract"
)

func administer(brokers []string, config *sarama.Config) {
	admin, err := sarama.NewClusterAdmin(brokers, config)
	contract.Must(err)
	steps := topicSteps(admin)
	maps.Copy(steps, offsetSteps(admin))
	maps.Copy(steps, groupSteps(admin))
	contract.ServeAdmin(steps, func(err error) (int, bool) {
		code, is := errors.AsType[sarama.KError](err)
		return int(code), is && code != sarama.ErrNoError
	})
	contract.Must(admin.Close())
}

func topicSteps(admin sarama.ClusterAdmin) map[string]contract.Step {
	return map[string]contract.Step{
		"createTopic": func(request contract.AdminRequest) (any, error) {
			detail := sarama.TopicDetail{
				NumPartitions: request.Partitions, ReplicationFactor: -1, ConfigEntries: map[string]*string{},
			}
			for name, value := range request.Configs {
				detail.ConfigEntries[name] = &value
			}
			return nil, topicError(admin.CreateTopic(request.Topic, &detail, false))
		},
		"createPartitions": func(request contract.AdminRequest) (any, error) {
			return nil, admin.CreatePartitions(request.Topic, request.Partitions, nil, false)
		},
		"deleteTopic": func(request contract.AdminRequest) (any, error) {
			return nil, admin.DeleteTopic(request.Topic)
		},
		"listTopics": func(contract.AdminRequest) (any, error) {
			topics, err := admin.ListTopics()
			return slices.Collect(maps.Keys(topics)), err
		},
		"describeTopic": func(request contract.AdminRequest) (any, error) {
			topics, err := admin.DescribeTopics([]string{request.Topic})
			if err != nil {
				return nil, err
			}
			if topics[0].Err != sarama.ErrNoError {
				return nil, topics[0].Err
			}
			partitions := []contract.Partition{}
			for _, each := range topics[0].Partitions {
				partitions = append(partitions, contract.Partition{
					Partition: each.ID, Leader: each.Leader, Replicas: each.Replicas, Isr: each.Isr,
				})
			}
			return partitions, nil
		},
		"describeCluster": func(contract.AdminRequest) (any, error) {
			brokers, _, err := admin.DescribeCluster()
			nodes := []contract.Node{}
			for _, each := range brokers {
				host, text, _ := net.SplitHostPort(each.Addr())
				port, _ := strconv.Atoi(text)
				nodes = append(nodes, contract.Node{Id: each.ID(), Host: host, Port: int32(port)})
			}
			return map[string]any{"nodes": nodes}, err
		},
		"describeConfigs": func(request contract.AdminRequest) (any, error) {
			resource := sarama.ConfigResource{
				Type: sarama.TopicResource, Name: request.Topic, ConfigNames: request.Names,
			}
			entries, err := admin.DescribeConfig(resource)
			values := map[string]string{}
			for _, each := range entries {
				values[each.Name] = each.Value
			}
			return values, err
		},
		"alterConfigs": func(request contract.AdminRequest) (any, error) {
			entries := map[string]sarama.IncrementalAlterConfigsEntry{}
			for name, value := range request.Configs {
				entries[name] = sarama.IncrementalAlterConfigsEntry{
					Operation: sarama.IncrementalAlterConfigsOperationSet, Value: &value,
				}
			}
			return nil, admin.IncrementalAlterConfig(sarama.TopicResource, request.Topic, entries, false)
		},
	}
}

// topicError is the code inside of what the library makes of a topic that was refused.
func topicError(err error) error {
	if refused, is := errors.AsType[*sarama.TopicError](err); is {
		return refused.Err
	}
	return err
}

func offsetSteps(admin sarama.ClusterAdmin) map[string]contract.Step {
	times := map[string]int64{"earliest": sarama.OffsetOldest, "latest": sarama.OffsetNewest}
	return map[string]contract.Step{
		"listOffsets": func(request contract.AdminRequest) (any, error) {
			at, named := times[request.At]
			if !named {
				timestampMs, err := strconv.ParseInt(request.At, 10, 64)
				contract.Must(err)
				at = timestampMs
			}
			asked := map[int32]int64{}
			for _, partition := range request.AllPartitions() {
				asked[partition] = at
			}
			results, err := admin.ListOffsets(map[string]map[int32]int64{request.Topic: asked}, nil)
			if err != nil {
				return nil, err
			}
			offsets := []int64{}
			for _, partition := range request.AllPartitions() {
				result := results[request.Topic][partition]
				if result.Err != nil && !errors.Is(result.Err, sarama.ErrNoError) {
					return nil, result.Err
				}
				offsets = append(offsets, result.Offset)
			}
			return offsets, nil
		},
		"deleteRecords": func(request contract.AdminRequest) (any, error) {
			before := map[int32]int64{request.Partition: request.Offset}
			// It does not tell the low watermark that it is answered.
			return nil, admin.DeleteRecords(request.Topic, before)
		},
	}
}

func groupSteps(admin sarama.ClusterAdmin) map[string]contract.Step {
	return map[string]contract.Step{
		"listGroups": func(contract.AdminRequest) (any, error) {
			groups, err := admin.ListConsumerGroups()
			return slices.Collect(maps.Keys(groups)), err
		},
		"describeGroup": func(request contract.AdminRequest) (any, error) {
			groups, err := admin.DescribeConsumerGroups([]string{request.Group})
			if err != nil {
				return nil, err
			}
			if groups[0].Err != sarama.ErrNoError {
				return nil, groups[0].Err
			}
			members := []contract.Member{}
			for _, each := range groups[0].Members {
				assignment, err := each.GetMemberAssignment()
				if err != nil {
					return nil, err
				}
				partitions := []int32{}
				if assignment != nil {
					for _, some := range assignment.Topics {
						partitions = append(partitions, some...)
					}
				}
				members = append(members, contract.Member{ClientId: each.ClientId, Partitions: partitions})
			}
			return contract.Group{State: groups[0].State, Members: members}, nil
		},
		"listGroupOffsets": func(request contract.AdminRequest) (any, error) {
			asked := map[string][]int32{request.Topic: request.AllPartitions()}
			response, err := admin.ListConsumerGroupOffsets(request.Group, asked)
			if err != nil {
				return nil, err
			}
			if response.Err != sarama.ErrNoError {
				return nil, response.Err
			}
			offsets := []int64{}
			for _, partition := range request.AllPartitions() {
				offsets = append(offsets, response.GetBlock(request.Topic, partition).Offset)
			}
			return offsets, nil
		},
		"alterGroupOffsets": func(request contract.AdminRequest) (any, error) {
			wanted := map[int32]sarama.OffsetAndMetadata{}
			for partition, offset := range request.Offsets {
				wanted[int32(partition)] = sarama.OffsetAndMetadata{Offset: offset, LeaderEpoch: -1}
			}
			offsets := map[string]map[int32]sarama.OffsetAndMetadata{request.Topic: wanted}
			response, err := admin.AlterConsumerGroupOffsets(request.Group, offsets, nil)
			if err != nil {
				return nil, err
			}
			for _, code := range response.Errors[request.Topic] {
				if code != sarama.ErrNoError {
					return nil, code
				}
			}
			return nil, nil
		},
		"deleteGroupOffsets": func(request contract.AdminRequest) (any, error) {
			return nil, admin.DeleteConsumerGroupOffset(request.Group, request.Topic, request.Partition)
		},
		"deleteGroup": func(request contract.AdminRequest) (any, error) {
			return nil, admin.DeleteConsumerGroup(request.Group)
		},
	}
}
