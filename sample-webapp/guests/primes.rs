//! A program in Rust that is started once: it finds the prime numbers below ten million, and then
//! asks for a request, by SCGI on its standard input. Each request goes on from there with a copy.

use std::collections::HashMap;
use std::io::{self, BufRead, BufWriter, Write};
use std::time::Instant;

const LIMIT: usize = 10_000_000;

fn find_primes() -> Vec<u32> {
    let mut composite = vec![false; LIMIT];
    let mut primes = Vec::with_capacity(664_579);
    for n in 2..LIMIT {
        if !composite[n] {
            primes.push(n as u32);
            // A usize has 32 bits here.
            for multiple in (n.saturating_mul(n)..LIMIT).step_by(n) {
                composite[multiple] = true;
            }
        }
    }
    primes
}

/// Reads a netstring of names and values, each of which ends with a NUL.
fn read_request(input: &mut impl BufRead) -> io::Result<HashMap<String, String>> {
    let mut size = Vec::new();
    input.read_until(b':', &mut size)?;
    let length: usize = String::from_utf8_lossy(&size)
        .trim_end_matches(':')
        .parse()
        .map_err(io::Error::other)?;
    let mut pairs = vec![0; length + 1];
    input.read_exact(&mut pairs)?;
    let words: Vec<String> = pairs[..length]
        .split(|byte| *byte == 0)
        .map(|word| String::from_utf8_lossy(word).into_owned())
        .collect();
    Ok(words
        .chunks_exact(2)
        .map(|pair| (pair[0].clone(), pair[1].clone()))
        .collect())
}

fn main() -> io::Result<()> {
    let primes = find_primes();
    // Here it is frozen.
    let request = read_request(&mut io::stdin().lock())?;
    let begun = Instant::now();
    let root = request.get("CONTEXT_PREFIX").map_or("", String::as_str);
    let n = request
        .get("QUERY_STRING")
        .and_then(|query| query.strip_prefix("n="))
        .and_then(|number| number.parse().ok())
        .filter(|number| *number < LIMIT)
        .unwrap_or(1_000_000);
    let count = primes.partition_point(|prime| *prime as usize <= n);
    let mut out = BufWriter::new(io::stdout().lock());
    write!(
        out,
        "Content-Type: text/html; charset=utf-8\n\n<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>Rust, started once</title>\
         <link rel=\"icon\" href=\"{root}/favicon.svg\"><link rel=\"stylesheet\" href=\"{root}/style.css\"><main>\
         <h1>Rust, started once</h1><p class=\"lead\">It found {} prime numbers before there was any request.</p>\
         <p id=\"count\">There are <strong>{count}</strong> prime numbers up to {n}.</p>\
         <form><label for=\"n\">Up to</label> <input id=\"n\" name=\"n\" type=\"number\" min=\"0\" max=\"{}\" value=\"{n}\"> \
         <button>Count</button></form>",
        primes.len(),
        LIMIT - 1
    )?;
    write!(
        out,
        "<p>Rust answered in <strong id=\"micros\">{}</strong> microseconds.</p>\
         <p><a href=\"{root}/\">All demos</a></p></main></html>\n",
        begun.elapsed().as_micros()
    )?;
    out.flush()
}
