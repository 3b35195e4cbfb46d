//! A CGI program in Rust: greets, and shows what of the request reached it.

use std::env;
use std::io::{self, BufWriter, Write};

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn main() -> io::Result<()> {
    let base = env::var("CONTEXT_PREFIX").unwrap_or_default();
    let mut out = BufWriter::new(io::stdout().lock());
    write!(out, "Content-Type: text/html; charset=utf-8\n\n")?;
    write!(
        out,
        "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>Hello from Rust</title>\
         <link rel=\"stylesheet\" href=\"{base}/style.css\"><main><h1>Hello from Rust</h1>\
         <p>This page was written by a program compiled with rustc, with its standard library.</p>\
         <table>\n"
    )?;
    for name in [
        "REQUEST_METHOD",
        "SCRIPT_NAME",
        "PATH_INFO",
        "QUERY_STRING",
        "HTTP_USER_AGENT",
        "SERVER_SOFTWARE",
    ] {
        let value = env::var(name)
            .map(|v| escaped(&v))
            .unwrap_or_else(|_| "<em>not set</em>".into());
        writeln!(out, "<tr><th scope=\"row\">{name}</th><td>{value}</td></tr>")?;
    }
    write!(out, "</table><p><a href=\"{base}/\">All demos</a></p></main></html>\n")?;
    out.flush()
}
