package org.wasmservlet.cgi;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A request that answers the getters that meta-variables are made from. */
final class FakeRequest {
  final Map<String, Object> getters = new HashMap<>();
  final Map<String, Object> attributes = new HashMap<>();
  final Map<String, List<String>> headers = new LinkedHashMap<>();

  FakeRequest() {
    getters.put("getProtocol", "HTTP/1.1");
    getters.put("getServerName", "example.org");
    getters.put("getServerPort", 8080);
    getters.put("getLocalAddr", "127.0.0.1");
    getters.put("getMethod", "GET");
    getters.put("getScheme", "http");
    getters.put("getRemoteAddr", "127.0.0.1");
    getters.put("getRemoteHost", "127.0.0.1");
    getters.put("getRemotePort", 50000);
    getters.put("getRequestURI", "/app/x");
    getters.put("isSecure", false);
    getters.put("getDispatcherType", DispatcherType.REQUEST);
  }

  HttpServletRequest asRequest() {
    Map<String, List<String>> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    anyCase.putAll(headers);
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            FakeRequest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "getAttribute" -> attributes.get(args[0]);
                  case "getHeaderNames" -> Collections.enumeration(headers.keySet());
                  case "getHeaders" ->
                      Collections.enumeration(anyCase.getOrDefault(args[0], List.of()));
                  case "getQueryString", "getContentType", "getRemoteUser", "getAuthType" ->
                      getters.get(method.getName());
                  default -> {
                    if (!getters.containsKey(method.getName())) {
                      throw new UnsupportedOperationException(method.toString());
                    }
                    yield getters.get(method.getName());
                  }
                });
  }
}
