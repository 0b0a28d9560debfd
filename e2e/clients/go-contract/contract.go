// Package contract is what the Go programs have in common: the downloaded key file, records on standard input, and
// events on standard output (see ../README.md).
package contract

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Connection is what a downloaded key file says.
type Connection struct {
	Bootstrap, Key, Secret string
	// TLS is nil where the client is to speak plaintext.
	TLS *tls.Config
}

// ReadKeyFile reads the file that the console hands out, and the authority to trust where one is named.
func ReadKeyFile(path string) Connection {
	text, err := os.ReadFile(path)
	Must(err)
	lines := strings.Split(string(text), "\n")
	below := func(label string) string {
		for index, line := range lines {
			if line == label {
				return lines[index+1]
			}
		}
		panic("the key file has no " + label)
	}
	return Connection{
		Bootstrap: below("Bootstrap server:"),
		Key:       below("API key:"),
		Secret:    below("API secret:"),
		TLS:       trusting(os.Getenv("SSL_CA_FILE")),
	}
}

func trusting(caFile string) *tls.Config {
	if caFile == "" {
		return nil
	}
	certificate, err := os.ReadFile(caFile)
	Must(err)
	authorities := x509.NewCertPool()
	authorities.AppendCertsFromPEM(certificate)
	return &tls.Config{RootCAs: authorities}
}

// Patience is how long a command may try what does not succeed.
func Patience() time.Duration {
	patienceMs, err := strconv.Atoi(os.Getenv("PATIENCE_MS"))
	if err != nil {
		return 20 * time.Second
	}
	return time.Duration(patienceMs) * time.Millisecond
}

// KeyedRecord is one `key<TAB>value` line.
type KeyedRecord struct{ Key, Value string }

// ReadKeyedRecords reads standard input to its end.
func ReadKeyedRecords() []KeyedRecord {
	var records []KeyedRecord
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		key, value, _ := strings.Cut(lines.Text(), "\t")
		records = append(records, KeyedRecord{key, value})
	}
	Must(lines.Err())
	return records
}

// InputEnded is closed when standard input ends: the word to leave.
func InputEnded() <-chan struct{} {
	ended := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		close(ended)
	}()
	return ended
}

var output sync.Mutex

func report(event any) {
	output.Lock()
	defer output.Unlock()
	Must(json.NewEncoder(os.Stdout).Encode(event))
}

// ReportRecord says that a record was read.
func ReportRecord(partition int32, offset int64, key, value []byte) {
	report(map[string]any{
		"event": "record", "partition": partition, "offset": offset, "key": string(key), "value": string(value),
	})
}

// ReportAssigned says which partitions the member has now.
func ReportAssigned(partitions []int32) {
	if partitions == nil {
		partitions = []int32{}
	}
	report(map[string]any{"event": "assigned", "partitions": partitions})
}

// Must ends the program where something failed.
func Must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
