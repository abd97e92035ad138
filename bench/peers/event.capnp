@0xb8f1c2d64e0a9753;

# The part of openpilot's log schema that the peer reads: times, and the CAN frames of an event.
#
# The compiler places members by ordinal, so the others must be declared for ours to get their real
# slots: `can` union tag 4, `sendcan` tag 16, `valid` bit 80 (after the tag, outside the union).
# A Void filler takes a tag and no storage; the real members all share pointer 0 with `can`.
# Ordinals above 67 follow in real logs; the generated reader hands their tags through as numbers.

struct Event {
  logMonoTime @0 :UInt64;  # nanoseconds since boot
  valid @67 :Bool = true;

  union {
    ordinal1 @1 :Void;
    ordinal2 @2 :Void;
    ordinal3 @3 :Void;
    ordinal4 @4 :Void;
    can @5 :List(CanData);
    ordinal6 @6 :Void;
    ordinal7 @7 :Void;
    ordinal8 @8 :Void;
    ordinal9 @9 :Void;
    ordinal10 @10 :Void;
    ordinal11 @11 :Void;
    ordinal12 @12 :Void;
    ordinal13 @13 :Void;
    ordinal14 @14 :Void;
    ordinal15 @15 :Void;
    ordinal16 @16 :Void;
    sendcan @17 :List(CanData);
    ordinal18 @18 :Void;
    ordinal19 @19 :Void;
    ordinal20 @20 :Void;
    ordinal21 @21 :Void;
    ordinal22 @22 :Void;
    ordinal23 @23 :Void;
    ordinal24 @24 :Void;
    ordinal25 @25 :Void;
    ordinal26 @26 :Void;
    ordinal27 @27 :Void;
    ordinal28 @28 :Void;
    ordinal29 @29 :Void;
    ordinal30 @30 :Void;
    ordinal31 @31 :Void;
    ordinal32 @32 :Void;
    ordinal33 @33 :Void;
    ordinal34 @34 :Void;
    ordinal35 @35 :Void;
    ordinal36 @36 :Void;
    ordinal37 @37 :Void;
    ordinal38 @38 :Void;
    ordinal39 @39 :Void;
    ordinal40 @40 :Void;
    ordinal41 @41 :Void;
    ordinal42 @42 :Void;
    ordinal43 @43 :Void;
    ordinal44 @44 :Void;
    ordinal45 @45 :Void;
    ordinal46 @46 :Void;
    ordinal47 @47 :Void;
    ordinal48 @48 :Void;
    ordinal49 @49 :Void;
    ordinal50 @50 :Void;
    ordinal51 @51 :Void;
    ordinal52 @52 :Void;
    ordinal53 @53 :Void;
    ordinal54 @54 :Void;
    ordinal55 @55 :Void;
    ordinal56 @56 :Void;
    ordinal57 @57 :Void;
    ordinal58 @58 :Void;
    ordinal59 @59 :Void;
    ordinal60 @60 :Void;
    ordinal61 @61 :Void;
    ordinal62 @62 :Void;
    ordinal63 @63 :Void;
    ordinal64 @64 :Void;
    ordinal65 @65 :Void;
    ordinal66 @66 :Void;
  }
}

struct CanData {
  address @0 :UInt32;
  busTime @1 :UInt16;
  dat @2 :Data;
  src @3 :UInt8;  # bus; 128 and above: sent or rejected by the panda
}
