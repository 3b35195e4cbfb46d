// A program in Go that is started once: it finds the prime numbers below ten million, and then asks
// for a request, by SCGI on its standard input. Each request goes on from there with a copy of it.
package main

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"sort"
	"strconv"
	"strings"
	"time"
)

const limit = 10_000_000

func findPrimes() []int32 {
	composite := make([]bool, limit)
	primes := make([]int32, 0, 664_579)
	for n := 2; n < limit; n++ {
		if composite[n] {
			continue
		}
		primes = append(primes, int32(n))
		for multiple := n * n; multiple < limit; multiple += n {
			composite[multiple] = true
		}
	}
	return primes
}

// readRequest reads a netstring of names and values, each of which ends with a NUL.
func readRequest(in *bufio.Reader) (map[string]string, error) {
	size, err := in.ReadString(':')
	if err != nil {
		return nil, err
	}
	length, err := strconv.Atoi(strings.TrimSuffix(size, ":"))
	if err != nil {
		return nil, err
	}
	pairs := make([]byte, length+1)
	if _, err := io.ReadFull(in, pairs); err != nil {
		return nil, err
	}
	words := bytes.Split(pairs[:length], []byte{0})
	variables := make(map[string]string)
	for i := 0; i+1 < len(words); i += 2 {
		variables[string(words[i])] = string(words[i+1])
	}
	return variables, nil
}

func answer(variables map[string]string, primes []int32, begun time.Time) {
	n, err := strconv.Atoi(strings.TrimPrefix(variables["QUERY_STRING"], "n="))
	if err != nil || n < 0 || n >= limit {
		n = 1_000_000
	}
	count := sort.Search(len(primes), func(i int) bool { return int(primes[i]) > n })
	root := variables["CONTEXT_PREFIX"]
	number := strconv.Itoa(n)
	page := []string{
		"Content-Type: text/html; charset=utf-8\n\n<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\">",
		"<meta name=\"viewport\" content=\"width=device-width\"><title>Go, started once</title>",
		"<link rel=\"icon\" href=\"", root, "/favicon.svg\"><link rel=\"stylesheet\" href=\"", root, "/style.css\"><main>",
		"<h1>Go, started once</h1><p class=\"lead\">It found ", strconv.Itoa(len(primes)),
		" prime numbers before there was any request.</p>",
		"<p id=\"count\">There are <strong>", strconv.Itoa(count), "</strong> prime numbers up to ", number, ".</p>",
		"<form><label for=\"n\">Up to</label> <input id=\"n\" name=\"n\" type=\"number\" min=\"0\" max=\"",
		strconv.Itoa(limit - 1), "\" value=\"", number, "\"> <button>Count</button></form>",
	}
	os.Stdout.WriteString(strings.Join(page, ""))
	os.Stdout.WriteString("<p>Go answered in <strong id=\"micros\">" +
		strconv.FormatInt(time.Since(begun).Microseconds(), 10) +
		"</strong> microseconds.</p><p><a href=\"" + root + "/\">All demos</a></p></main></html>\n")
}

func main() {
	primes := findPrimes()
	in := bufio.NewReader(os.Stdin)
	// Here it is frozen.
	variables, err := readRequest(in)
	if err != nil {
		os.Stderr.WriteString("no request: " + err.Error() + "\n")
		os.Exit(1)
	}
	answer(variables, primes, time.Now())
}
