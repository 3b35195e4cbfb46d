package org.wasmservlet.gateway;

import java.nio.file.Path;
import java.time.Duration;
import org.wasmservlet.admission.Admission;

/**
 * What the clients of a route may take while no program of theirs runs.
 *
 * @param admission says how many at once
 * @param timeout how long each
 * @param maxRequestBody in bytes
 * @param temporaryDirectory where what is large waits
 */
record ClientBounds(
    Admission admission, Duration timeout, long maxRequestBody, Path temporaryDirectory) {}
