package org.wasmservlet.oci;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wasmservlet.core.reference.ContentDigest;
import org.wasmservlet.core.reference.Origin;

/**
 * What an {@code oci://} reference says (OCI Distribution Specification, "Pulling manifests").
 * Immutable.
 *
 * @param host of the registry, with its port if it has one
 * @param repository in it
 * @param tag null if there is none
 * @param digest of what is described there; null if there is none, and then there is a tag
 */
record OciReference(String host, String repository, String tag, ContentDigest digest) {
  private static final Pattern PARTS =
      Pattern.compile("([^/]+)/([^:@]+)(?::([^@]*))?(?:@(.*))?", Pattern.DOTALL);
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9]([A-Za-z0-9.-]{0,252})|\\[[0-9A-Fa-f:.]{2,45}])(:\\d{1,5})?");
  private static final Pattern REPOSITORY =
      Pattern.compile(
          "[a-z0-9]++((\\.|_|__|-++)[a-z0-9]++)*+(/[a-z0-9]++((\\.|_|__|-++)[a-z0-9]++)*+)*+");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
  private static final int LONGEST_REPOSITORY = 255;

  /**
   * Reads what stands behind {@code oci://}.
   *
   * @throws IllegalArgumentException if it cannot be used; the message says why
   */
  static OciReference parse(String place) {
    Matcher parts = PARTS.matcher(place);
    if (!parts.matches()) {
      throw new IllegalArgumentException("must be oci://registry/repository:tag@sha256:digest");
    }
    String host = require(HOST, parts.group(1), "no host of a registry");
    String repository =
        require(REPOSITORY, parts.group(2), "no name of a repository, which is in lower case");
    if (repository.length() > LONGEST_REPOSITORY) {
      throw new IllegalArgumentException("the repository's name is too long");
    }
    String tag = parts.group(3) == null ? null : require(TAG, parts.group(3), "no tag");
    ContentDigest digest = parts.group(4) == null ? null : ContentDigest.parse(parts.group(4));
    if (tag == null && digest == null) {
      throw new IllegalArgumentException(
          "needs a tag or a digest: oci://registry/repository:tag@sha256:digest");
    }
    return new OciReference(host, repository, tag, digest);
  }

  private static String require(Pattern pattern, String text, String fault) {
    if (!pattern.matcher(text).matches()) {
      throw new IllegalArgumentException("'" + text + "' is " + fault);
    }
    return text;
  }

  /** The last part of the repository's name. */
  String name() {
    return repository.substring(repository.lastIndexOf('/') + 1);
  }

  /** What is asked for where nothing is known of it: the digest, or else the tag. */
  String wanted() {
    return digest == null ? tag : digest.toString();
  }

  /** What all of the registry's addresses begin with that are about this repository. */
  String base() {
    return (isPlain() ? "http" : "https") + "://" + host + "/v2/" + repository + "/";
  }

  /** The registry of this machine is spoken to without encryption, as other clients do. */
  boolean isPlain() {
    return Origin.isLoopback(host.replaceFirst(":\\d+$", ""));
  }
}
