/** One of every statement, as the tools of the trade write them. */
export const ALL_STATEMENTS = `VERSION "1.0"


NS_ :
	NS_DESC_
	CM_
	BA_DEF_
	BU_SG_REL_

BS_:

BU_: ECU_A ECU_B
VAL_TABLE_ OnOff 1 "On" 0 "Off" ;

BO_ 100 MSG: 8 ECU_A
 SG_ MODE M : 0|2@1+ (1,0) [0|3] "" ECU_B
 SG_ SPEED m0 : 7|16@0- (0.01,-40) [-40|250.5] "km/h" ECU_B,Vector__XXX
 SG_ SUB m1M : 24|8@1+ (1E-3,0) [0|0] "" Vector__XXX

BO_TX_BU_ 100 : ECU_A,ECU_B;

EV_ ENV1: 0 [0|10] "" 0 1 DUMMY_NODE_VECTOR0 Vector__XXX;
ENVVAR_DATA_ ENV1 : 8;

CM_ "of the network";
CM_ BU_ ECU_A "of a node";
CM_ BO_ 100 "of a message,
BO_ is said in it, and \\"quoted\\"";
CM_ SG_ 100 SPEED "of a signal";
CM_ EV_ ENV1 "of a variable";
BA_DEF_ BO_ "GenMsgCycleTime" INT 0 65535;
BA_DEF_ "BusType" ENUM  "CAN","CAN FD";
BA_DEF_REL_ BU_SG_REL_ "Timeout" INT 0 100;
BA_DEF_DEF_ "GenMsgCycleTime" 0;
BA_DEF_DEF_REL_ "Timeout" 0;
BA_ "GenMsgCycleTime" BO_ 100 20;
BA_REL_ "Timeout" BU_SG_REL_ ECU_B SG_ 100 SPEED 5;
BA_REL_ "Timeout" BU_BO_REL_ ECU_B 100 5;
VAL_ 100 MODE 0 "idle" 1 "run" ;
VAL_ ENV1 0 "off" ;
SIG_GROUP_ 100 GROUP 1 : MODE SPEED;
SIG_VALTYPE_ 100 SPEED : 0;
SG_MUL_VAL_ 100 SUB MODE 1-1, 3-3;
FILTER 1 CAT_ 1;
// the end
`;
