package contract

import (
	"bufio"
	"encoding/json"
	"os"
)

// AdminRequest is one line of the `admin` command; which fields are there depends on Do.
type AdminRequest struct {
	Do         string            `json:"do"`
	Topic      string            `json:"topic"`
	Group      string            `json:"group"`
	Partition  int32             `json:"partition"`
	Partitions int32             `json:"partitions"`
	Offset     int64             `json:"offset"`
	Offsets    []int64           `json:"offsets"`
	At         string            `json:"at"`
	Names      []string          `json:"names"`
	Configs    map[string]string `json:"configs"`
}

// AllPartitions are those of the topic.
func (request AdminRequest) AllPartitions() []int32 {
	all := make([]int32, request.Partitions)
	for index := range all {
		all[index] = int32(index)
	}
	return all
}

// Partition is how a topic's description shows one.
type Partition struct {
	Partition int32   `json:"partition"`
	Leader    int32   `json:"leader"`
	Replicas  []int32 `json:"replicas"`
	Isr       []int32 `json:"isr"`
}

// Node is a broker as a client is told of it.
type Node struct {
	Id   int32  `json:"id"`
	Host string `json:"host"`
	Port int32  `json:"port"`
}

// Group is how a group's description shows it.
type Group struct {
	State   string   `json:"state"`
	Members []Member `json:"members"`
}

// Member is one of a group, with its partitions of the topic that was asked for.
type Member struct {
	ClientId   string  `json:"clientId"`
	Partitions []int32 `json:"partitions"`
}

// Step carries out one request; a nil result means that there is nothing to tell.
type Step = func(AdminRequest) (any, error)

// ServeAdmin answers the requests on standard input until it ends. What is not in steps is what the client cannot do.
// codeOf tells Kafka's error code from a failure of the client's own.
func ServeAdmin(steps map[string]Step, codeOf func(error) (int, bool)) {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var request AdminRequest
		Must(json.Unmarshal(lines.Bytes(), &request))
		step, known := steps[request.Do]
		if !known {
			report(map[string]any{"event": "answer", "unsupported": true})
			continue
		}
		result, err := step(request)
		if code, isKafkas := codeOf(err); err != nil && isKafkas {
			report(map[string]any{"event": "answer", "error": code})
			continue
		}
		Must(err)
		report(map[string]any{"event": "answer", "result": result})
	}
}
