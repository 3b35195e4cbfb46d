package org.wasmservlet.core.directory;

/** The error numbers of WASI preview 1 that this host gives (witx type {@code errno}). */
public enum Errno {
  SUCCESS(0),
  ACCES(2),
  BADF(8),
  BUSY(10),
  DQUOT(19),
  EXIST(20),
  FAULT(21),
  FBIG(22),
  ILSEQ(25),
  INTR(27),
  INVAL(28),
  IO(29),
  ISDIR(31),
  LOOP(32),
  MFILE(33),
  MLINK(34),
  NAMETOOLONG(37),
  NFILE(41),
  NOENT(44),
  NOMEM(48),
  NOSPC(51),
  NOTDIR(54),
  NOTEMPTY(55),
  NOTSOCK(57),
  NOTSUP(58),
  NXIO(60),
  OVERFLOW(61),
  PERM(63),
  PIPE(64),
  ROFS(69),
  SPIPE(70),
  STALE(72),
  TXTBSY(74),
  XDEV(75);

  private final int code;
  private final WasiError error;

  Errno(int code) {
    this.code = code;
    this.error = new WasiError(this);
  }

  /**
   * The number.
   *
   * @return as guests see it
   */
  public int code() {
    return code;
  }

  /**
   * The exception that carries this number.
   *
   * @return the same one every time, for it has no stack
   */
  public WasiError error() {
    return error;
  }
}
