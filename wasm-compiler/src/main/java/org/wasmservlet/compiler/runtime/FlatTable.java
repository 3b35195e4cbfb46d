package org.wasmservlet.compiler.runtime;

import static com.dylibso.chicory.wasm.types.Value.REF_NULL_VALUE;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.UninstantiableException;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.Arrays;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;

/**
 * A table of one instance. It is the module's image until something is written into it. What is
 * limited, and what grows, is this table alone; Chicory's own writes a grown size into the module.
 * Belongs to the thread that runs the instance.
 */
public final class FlatTable extends TableInstance {
  /** What an element takes: a reference, and its function, which is not always compressed. */
  public static final long ELEMENT_BYTES = 12;

  private static final Entry[] NO_ENTRIES = {};

  private final Context owner;
  private final boolean first;
  private final TableLimits limits;
  private final LongPredicate reserve;
  private final LongConsumer release;
  private int[] refs;

  /**
   * The owner's functions in it, as far as it has called them; empty if there cannot be functions.
   */
  private Entry[] entries;

  /** Null as long as all functions are of the owner. */
  private Instance[] instances;

  /** Whether the arrays are the image's. */
  private boolean shared;

  /**
   * Makes a table.
   *
   * @param declared its type
   * @param initialValue of its elements
   * @param owner the instance that it belongs to
   * @param images of the module
   * @param index among the module's own tables
   * @param first whether it is the instance's table 0
   * @param reserve asks for bytes before they are allocated
   * @param release gives back bytes that could not be allocated
   */
  public FlatTable(
      Table declared,
      int initialValue,
      Context owner,
      Images images,
      int index,
      boolean first,
      LongPredicate reserve,
      LongConsumer release) {
    super(new Table(declared.elementType(), new TableLimits(0, 0)), initialValue);
    TableLimits given = declared.limits();
    this.owner = owner;
    this.first = first;
    this.limits = new TableLimits(given.min(), given.max(), given.shared());
    this.reserve = reserve;
    this.release = release;
    boolean allocated = false;
    if (given.min() > Integer.MAX_VALUE || !reserve.test(given.min() * ELEMENT_BYTES)) {
      throw noRoomFor(given);
    }
    try {
      allocate(images.table(index), images.entries(index), (int) given.min(), initialValue);
      allocated = true;
    } catch (OutOfMemoryError e) {
      throw noRoomFor(given);
    } finally {
      if (!allocated) {
        release.accept(given.min() * ELEMENT_BYTES);
      }
    }
    publish();
  }

  private static UninstantiableException noRoomFor(TableLimits limits) {
    return new UninstantiableException(
        "there is no room for a table of " + limits.min() + " elements");
  }

  private void allocate(int[] image, Entry[] imageEntries, int size, int initialValue) {
    if (image != null) {
      refs = image;
      entries = imageEntries;
      shared = true;
    } else {
      refs = new int[size];
      Arrays.fill(refs, initialValue);
      entries = elementType().equals(ValType.FuncRef) ? new Entry[size] : NO_ENTRIES;
    }
  }

  private void publish() {
    if (first) {
      owner.entriesOfTable0 = entries;
    }
  }

  private void unshare() {
    if (shared) {
      refs = refs.clone();
      entries = entries.clone();
      shared = false;
      publish();
    }
  }

  /** Remembers the function of an element that the owner has looked up. */
  void keep(Context context, int index, Entry entry) {
    // In an image that other threads see: they would find the same.
    if (context == owner && index < entries.length) {
      entries[index] = entry;
    }
  }

  @Override
  public int size() {
    return refs.length;
  }

  @Override
  public TableLimits limits() {
    return limits;
  }

  @Override
  public int grow(int size, int value, Instance instance) {
    int before = refs.length;
    if (size < 0 || (long) before + size > Math.min(limits.max(), Integer.MAX_VALUE)) {
      return -1;
    }
    if (!reserve.test(size * ELEMENT_BYTES)) {
      return -1;
    }
    boolean grown = false;
    try {
      int[] longer = Arrays.copyOf(refs, before + size);
      Arrays.fill(longer, before, longer.length, value);
      Entry[] more = entries == NO_ENTRIES ? entries : Arrays.copyOf(entries, longer.length);
      Instance[] all = instances == null ? null : Arrays.copyOf(instances, longer.length);
      if (all == null && isForeign(instance)) {
        all = new Instance[longer.length];
        Arrays.fill(all, 0, before, owner.instance);
      }
      if (all != null) {
        Arrays.fill(all, before, all.length, instance);
      }
      refs = longer;
      entries = more;
      instances = all;
      shared = false;
      limits.grow(size);
      grown = true;
      publish();
      return before;
    } catch (OutOfMemoryError e) {
      return -1;
    } finally {
      if (!grown) {
        release.accept(size * ELEMENT_BYTES);
      }
    }
  }

  private boolean isForeign(Instance instance) {
    return instance != null && instance != owner.instance;
  }

  @Override
  public int ref(int index) {
    if (index < 0 || index >= refs.length) {
      throw new ChicoryException("undefined element");
    }
    return refs[index];
  }

  @Override
  public int requiredRef(int index) {
    int ref = ref(index);
    if (ref == REF_NULL_VALUE) {
      throw new ChicoryException("uninitialized element " + index);
    }
    return ref;
  }

  @Override
  public void setRef(int index, int value, Instance instance) {
    if (index < 0 || index >= refs.length) {
      throw new UninstantiableException("out of bounds table access");
    }
    unshare();
    if (instances == null && isForeign(instance)) {
      instances = new Instance[refs.length];
      Arrays.fill(instances, owner.instance);
    }
    if (instances != null) {
      instances[index] = instance;
    }
    refs[index] = value;
    if (index < entries.length) {
      entries[index] = null;
    }
  }

  @Override
  public Instance instance(int index) {
    if (instances != null) {
      return instances[index];
    }
    return refs[index] == REF_NULL_VALUE ? null : owner.instance;
  }

  @Override
  public void reset() {
    unshare();
    Arrays.fill(refs, REF_NULL_VALUE);
    Arrays.fill(entries, null);
  }
}
