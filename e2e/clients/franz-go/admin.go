package main

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"
	"tributary/contract"
)

func administer(options []kgo.Opt) {
	admin := kadm.NewClient(open(options))
	defer admin.Close()
	steps := topicSteps(admin)
	for name, step := range offsetSteps(admin) {
		steps[name] = step
	}
	for name, step := range groupSteps(admin) {
		steps[name] = step
	}
	contract.ServeAdmin(steps, func(err error) (int, bool) {
		kafkas, is := errors.AsType[*kerr.Error](err)
		if !is {
			return 0, false
		}
		return int(kafkas.Code), true
	})
}

func topicSteps(admin *kadm.Client) map[string]contract.Step {
	ctx := context.Background()
	return map[string]contract.Step{
		"createTopic": func(request contract.AdminRequest) (any, error) {
			configs := map[string]*string{}
			for name, value := range request.Configs {
				configs[name] = &value
			}
			_, err := admin.CreateTopic(ctx, request.Partitions, -1, configs, request.Topic)
			return nil, err
		},
		"createPartitions": func(request contract.AdminRequest) (any, error) {
			responses, err := admin.UpdatePartitions(ctx, int(request.Partitions), request.Topic)
			return nil, errors.Join(err, responses.Error())
		},
		"deleteTopic": func(request contract.AdminRequest) (any, error) {
			_, err := admin.DeleteTopic(ctx, request.Topic)
			return nil, err
		},
		"listTopics": func(contract.AdminRequest) (any, error) {
			topics, err := admin.ListTopics(ctx)
			return topics.Names(), err
		},
		"describeTopic": func(request contract.AdminRequest) (any, error) {
			topics, err := admin.ListTopics(ctx, request.Topic)
			if err = errors.Join(err, topics.Error()); err != nil {
				return nil, err
			}
			partitions := []contract.Partition{}
			for _, each := range topics[request.Topic].Partitions.Sorted() {
				partitions = append(partitions, contract.Partition{
					Partition: each.Partition, Leader: each.Leader, Replicas: each.Replicas, Isr: each.ISR,
				})
			}
			return partitions, nil
		},
		"describeCluster": func(contract.AdminRequest) (any, error) {
			metadata, err := admin.BrokerMetadata(ctx)
			nodes := []contract.Node{}
			for _, each := range metadata.Brokers {
				nodes = append(nodes, contract.Node{Id: each.NodeID, Host: each.Host, Port: each.Port})
			}
			return map[string]any{"clusterId": metadata.Cluster, "nodes": nodes}, err
		},
		"describeConfigs": func(request contract.AdminRequest) (any, error) {
			configs, err := admin.DescribeTopicConfigs(ctx, request.Topic)
			if err != nil {
				return nil, err
			}
			resource, err := configs.On(request.Topic, nil)
			values := map[string]string{}
			for _, each := range resource.Configs {
				values[each.Key] = each.MaybeValue()
			}
			return values, errors.Join(err, resource.Err)
		},
		"alterConfigs": func(request contract.AdminRequest) (any, error) {
			var changes []kadm.AlterConfig
			for name, value := range request.Configs {
				changes = append(changes, kadm.AlterConfig{Op: kadm.SetConfig, Name: name, Value: &value})
			}
			responses, err := admin.AlterTopicConfigs(ctx, changes, request.Topic)
			if err != nil {
				return nil, err
			}
			response, err := responses.On(request.Topic, nil)
			return nil, errors.Join(err, response.Err)
		},
	}
}

func offsetSteps(admin *kadm.Client) map[string]contract.Step {
	ctx := context.Background()
	return map[string]contract.Step{
		"listOffsets": func(request contract.AdminRequest) (any, error) {
			listed, err := listOffsets(admin, request.Topic, request.At)
			if err = errors.Join(err, listed.Error()); err != nil {
				return nil, err
			}
			offsets := []int64{}
			for _, partition := range request.AllPartitions() {
				offset, _ := listed.Lookup(request.Topic, partition)
				offsets = append(offsets, offset.Offset)
			}
			return offsets, nil
		},
		"deleteRecords": func(request contract.AdminRequest) (any, error) {
			var offsets kadm.Offsets
			offsets.AddOffset(request.Topic, request.Partition, request.Offset, -1)
			responses, err := admin.DeleteRecords(ctx, offsets)
			if err = errors.Join(err, responses.Error()); err != nil {
				return nil, err
			}
			response, _ := responses.Lookup(request.Topic, request.Partition)
			return response.LowWatermark, nil
		},
	}
}

func listOffsets(admin *kadm.Client, topic, at string) (kadm.ListedOffsets, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	switch at {
	case "earliest":
		return admin.ListStartOffsets(ctx, topic)
	case "latest":
		return admin.ListEndOffsets(ctx, topic)
	}
	timestampMs, err := strconv.ParseInt(at, 10, 64)
	contract.Must(err)
	return admin.ListOffsetsAfterMilli(ctx, timestampMs, topic)
}

func groupSteps(admin *kadm.Client) map[string]contract.Step {
	ctx := context.Background()
	return map[string]contract.Step{
		"listGroups": func(contract.AdminRequest) (any, error) {
			groups, err := admin.ListGroups(ctx)
			return groups.Groups(), err
		},
		"describeGroup": func(request contract.AdminRequest) (any, error) {
			groups, err := admin.DescribeGroups(ctx, request.Group)
			if err = errors.Join(err, groups.Error()); err != nil {
				return nil, err
			}
			members := []contract.Member{}
			for _, each := range groups[request.Group].Members {
				assigned, _ := each.Assigned.AsConsumer()
				partitions := []int32{}
				for _, topic := range assigned.Topics {
					partitions = append(partitions, topic.Partitions...)
				}
				members = append(members, contract.Member{ClientId: each.ClientID, Partitions: partitions})
			}
			return contract.Group{State: groups[request.Group].State, Members: members}, nil
		},
		"listGroupOffsets": func(request contract.AdminRequest) (any, error) {
			responses, err := admin.FetchOffsetsForTopics(ctx, request.Group, request.Topic)
			if err = errors.Join(err, responses.Error()); err != nil {
				return nil, err
			}
			offsets := []int64{}
			for _, partition := range request.AllPartitions() {
				response, _ := responses.Lookup(request.Topic, partition)
				offsets = append(offsets, response.At)
			}
			return offsets, nil
		},
		"alterGroupOffsets": func(request contract.AdminRequest) (any, error) {
			var offsets kadm.Offsets
			for partition, offset := range request.Offsets {
				offsets.AddOffset(request.Topic, int32(partition), offset, -1)
			}
			return nil, admin.CommitAllOffsets(ctx, request.Group, offsets)
		},
		"deleteGroupOffsets": func(request contract.AdminRequest) (any, error) {
			var set kadm.TopicsSet
			set.Add(request.Topic, request.Partition)
			responses, err := admin.DeleteOffsets(ctx, request.Group, set)
			return nil, errors.Join(err, responses.Error())
		},
		"deleteGroup": func(request contract.AdminRequest) (any, error) {
			_, err := admin.DeleteGroup(ctx, request.Group)
			return nil, err
		},
	}
}
