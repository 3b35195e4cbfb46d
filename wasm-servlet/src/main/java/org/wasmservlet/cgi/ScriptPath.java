package org.wasmservlet.cgi;

/**
 * A request's path, divided between the program and the program's own use of it (RFC 3875, sections
 * 4.1.5 and 4.1.13). All decoded.
 *
 * @param prefix the part that stands for the document root: context path and, where the document
 *     root is mapped to a part of the web application, that part
 * @param scriptName the path that names the program
 * @param pathInfo the rest, which begins with a slash; or null
 * @param scriptFile the guest's path of the program's file, or null if it is not to be told
 * @param documentRoot the guest's path of the document root, or null if it is not to be told
 */
public record ScriptPath(
    String prefix, String scriptName, String pathInfo, String scriptFile, String documentRoot) {}
