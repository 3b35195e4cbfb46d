package org.wasmservlet.compiler.image;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.CodeSection;
import com.dylibso.chicory.wasm.types.DataSection;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.DeclarativeElement;
import com.dylibso.chicory.wasm.types.Element;
import com.dylibso.chicory.wasm.types.ElementSection;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;
import com.dylibso.chicory.wasm.types.PassiveElement;
import java.util.List;
import org.wasmservlet.compiler.binary.PlainData;
import org.wasmservlet.compiler.binary.Sections;
import org.wasmservlet.compiler.runtime.Images;
import org.wasmservlet.compiler.runtime.MemoryImage;

/**
 * What of a module an instance still needs once it is compiled. Chicory keeps every instruction as
 * an object, hundreds of megabytes for PHP; and it copies the lists of all functions and segments
 * for every instance.
 */
public final class LeanModule {
  private LeanModule() {}

  /**
   * Makes the images of a module, with the module that goes with them.
   *
   * @param data what its data segments would have; null if they have it
   */
  public static Images imagesOf(WasmModule module, PlainData data) {
    int[][] tables = SegmentImages.tablesOf(module);
    if (data == null) {
      return imagesFor(module, SegmentImages.memoryOf(module), tables);
    }
    MemoryImage memory = SegmentImages.memoryOf(module, data.pieces());
    // Without an image every instance lays it down itself.
    return imagesFor(memory == null ? data.in(module) : module, memory, tables);
  }

  /** Gives images the module that goes with them. */
  public static Images imagesFor(WasmModule module, MemoryImage memory, int[][] tables) {
    return new Images(withoutLaidDown(module, memory, tables), memory, tables);
  }

  private static WasmModule withoutLaidDown(WasmModule module, MemoryImage memory, int[][] tables) {
    CodeSection code = Sections.withoutCode(module.functionSection().functionCount());
    return Sections.of(module)
        .setElementSection(
            tables == null ? module.elementSection() : passive(module.elementSection()))
        .setCodeSection(code)
        .setDataSection(memory == null ? module.dataSection() : passive(module.dataSection()))
        .setDataCountSection(memory == null ? module.dataCountSection().orElse(null) : null)
        // Validated when it was parsed; bodies of nothing would not pass.
        .withValidation(false)
        .build();
  }

  /** Indices stay: what is laid down is as good as dropped. */
  private static DataSection passive(DataSection all) {
    DataSegment[] segments = all.dataSegments();
    int kept = segments.length;
    while (kept > 0 && isLaidDown(segments[kept - 1])) {
      kept--;
    }
    DataSection.Builder passive = DataSection.builder();
    for (int i = 0; i < kept; i++) {
      passive.addDataSegment(
          segments[i] instanceof ActiveDataSegment ? PassiveDataSegment.EMPTY : segments[i]);
    }
    return passive.build();
  }

  /** Or has nothing in it, as those that plain data is left out of. */
  private static boolean isLaidDown(DataSegment segment) {
    return segment instanceof ActiveDataSegment || segment == PassiveDataSegment.EMPTY;
  }

  private static ElementSection passive(ElementSection all) {
    ElementSection.Builder passive = ElementSection.builder();
    for (Element element : all.elements()) {
      passive.addElement(
          element instanceof PassiveElement
              ? element
              : new DeclarativeElement(element.type(), List.of()));
    }
    return passive.build();
  }
}
