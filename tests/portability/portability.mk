# The same bits on every compiler and CPU.
.PHONY: digests portability portability-tools

$(B)/digests-f32 $(B)/digests-f64: tests/portability/digests.c medsgd.h
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(STRICT) $(if $(findstring f64,$@),-DMEDSGD_DOUBLE) $< -o $@ $(LDLIBS)

digests: $(B)/digests-f32 $(B)/digests-f64 ## print one digest per function, and compare with tests/kat/digests.txt
	@$(B)/digests-f32 >$(B)/digests.txt && $(B)/digests-f64 >>$(B)/digests.txt && cat $(B)/digests.txt && diff $(B)/digests.txt tests/kat/digests.txt
	@sh tests/compile/complete.sh

portability: ## the digests with every compiler, option and emulated architecture that is installed (ARGS=WORD: only those)
	@sh tests/portability/run.sh $(B)/portability $(ARGS)

portability-tools: ## install Debian's cross compilers and emulators (as root)
	apt-get install -y --no-install-recommends qemu-user gcc-i686-linux-gnu gcc-aarch64-linux-gnu gcc-arm-linux-gnueabihf gcc-riscv64-linux-gnu \
	  gcc-powerpc64le-linux-gnu gcc-mips64el-linux-gnuabi64 gcc-s390x-linux-gnu gcc-powerpc64-linux-gnu gcc-mingw-w64-x86-64-win32 gcc-arm-none-eabi \
	  libnewlib-arm-none-eabi libc6-dev-i386-cross libc6-dev-arm64-cross libc6-dev-armhf-cross libc6-dev-riscv64-cross libc6-dev-ppc64el-cross \
	  libc6-dev-mips64el-cross libc6-dev-s390x-cross libc6-dev-ppc64-cross

.PHONY: test-object
test-object: ## the object code: no writable data, no foreign calls, no races, a Cortex-M build with sizes
	@sh tests/portability/object.sh $(B)/object
