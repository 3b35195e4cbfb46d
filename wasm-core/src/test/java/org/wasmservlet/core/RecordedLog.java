package org.wasmservlet.core;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What one logger says during a test. */
public final class RecordedLog extends Handler implements BeforeEachCallback, AfterEachCallback {
  private final Logger logger;
  private final SimpleFormatter formatter = new SimpleFormatter();
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();

  public RecordedLog(String name) {
    logger = Logger.getLogger(name);
  }

  public List<String> messages() {
    return records.stream().map(formatter::formatMessage).toList();
  }

  /** Each with its level before it. */
  public List<String> lines() {
    return records.stream().map(r -> r.getLevel() + " " + formatter.formatMessage(r)).toList();
  }

  public void clear() {
    records.clear();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    logger.addHandler(this);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    logger.removeHandler(this);
  }

  @Override
  public void publish(LogRecord record) {
    records.add(record);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
